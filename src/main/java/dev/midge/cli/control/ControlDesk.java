package dev.midge.cli.control;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.keyboard.Keyboard;
import dev.midge.cli.keyboard.PromptedOutput;
import dev.midge.cli.options.ControlOptions;
import dev.midge.control.ControlLog;
import dev.midge.control.ControlTarget;
import dev.midge.control.Controller;
import dev.midge.control.LogLine;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes commands for a broker or proxy of the command line while it runs: at its sockets, and from
 * the keyboard where a person sits. Nearly all of its classes are loaded after the start.
 */
public final class ControlDesk implements AutoCloseable {
  private final ProcessContext context;
  private final ControlOptions options;
  private final boolean isOn;
  private final boolean hasKeyboard;
  private final PrintStream err;
  private final ControlLog log = new ControlLog();
  private final ControlSockets sockets = new ControlSockets();
  private @Nullable Keyboard keyboard;

  /**
   * Makes one that takes no commands yet.
   *
   * @param isOn false to take none at all
   */
  public ControlDesk(ProcessContext context, ControlOptions options, boolean isOn) {
    this.context = context;
    this.options = options;
    this.isOn = isOn && !options.isOff();
    this.hasKeyboard =
        this.isOn
            && context.inIsTerminal()
            && context.errIsTerminal()
            && !"dumb".equals(context.environment().getOrDefault("TERM", "dumb"));
    this.err = hasKeyboard ? new PromptedOutput(context.err()) : context.err();
  }

  /** Returns standard error; a prompt may stand below what is printed, line by line. */
  public PrintStream err() {
    return err;
  }

  /** Tells whether lines of the log are worth keeping. */
  public boolean isOn() {
    return isOn;
  }

  /** Keeps a line of the log for those who ask for it. */
  public void keep(LogLine line) {
    log.add(line);
  }

  /**
   * Begins to take commands at the sockets, on other threads; a place that the user has named has
   * to be had now.
   *
   * @param ports that are listened on, for the default places; 0 is none
   * @param target made when it is needed
   * @param warning takes a line when a default place cannot be had
   * @throws IOException when the socket that the user has named cannot be opened
   */
  public void open(List<Integer> ports, Supplier<ControlTarget> target, Consumer<String> warning)
      throws IOException {
    if (!isOn) {
      return;
    }
    if (options.path() != null) {
      sockets.open(options.path(), new Controller(target.get(), log));
    } else {
      sockets.openDefaults(
          ports,
          target,
          log,
          context.environment(),
          problem -> warning.accept("Warning: no control socket: " + problem));
    }
  }

  /**
   * Begins to take commands from the keyboard, on another thread, where a person sits. What is
   * printed past {@link #err()} has to be printed before: it would stand in the prompt.
   *
   * @param target made when it is needed
   */
  public void prompt(Supplier<ControlTarget> target) {
    if (hasKeyboard && err instanceof PromptedOutput prompted) {
      keyboard = new Keyboard(prompted, typed(target.get()));
      keyboard.start();
    }
  }

  private Keyboard.Commands typed(ControlTarget target) {
    TypedCommands commands = new TypedCommands(new Controller(target, log), target.side());
    return new Keyboard.Commands(
        commands::run,
        commands::offers,
        target::stop,
        "The prompt is gone; Ctrl-C ends " + target.side().words() + ".");
  }

  /** Takes no more from the keyboard and has nobody else find the sockets; connections go on. */
  public void leave() {
    if (keyboard != null) {
      keyboard.close();
    }
    sockets.stopListening();
  }

  /** Ends all connections too. */
  @Override
  public void close() {
    leave();
    sockets.close();
  }
}
