package dev.midge.cli.exec;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.StopSignal;
import dev.midge.client.job.MessageSink;
import dev.midge.fault.Durations;
import dev.midge.format.Printer;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code --exec CMD} and its companions: a command is run for each message. */
public final class ExecOptions implements OptionTable.Source {
  private static final int MOST_JOBS = 1000;

  /**
   * The messages that a broker sends ahead of acknowledgements where several commands run: one that
   * takes long does not keep the others from going on.
   */
  private static final int WINDOW = 4;

  private final Compatibility compatibility;
  private final String words;
  private @Nullable String command;
  private int jobs = 1;
  private boolean jobsGiven;
  private @Nullable Duration limit;
  private @Nullable Commands commands;

  /**
   * Makes them, without a command.
   *
   * @param words the help of {@code --exec}
   */
  public ExecOptions(Compatibility compatibility, String words) {
    this.compatibility = compatibility;
    this.words = words;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.EXEC)
        .add(Option.value("CMD", "no command", words, this::command, "--exec").own())
        .add(
            Option.value(
                    "N",
                    "no number",
                    "Run up to N commands, or give N answers, at the same time (default: 1, which keeps their order).",
                    this::jobs,
                    "--jobs")
                .own())
        .add(
            Option.value(
                    "TIME",
                    "no time",
                    "Kill a command that takes longer, and all that it has started (500ms, 5s, 2m).",
                    this::limit,
                    "--exec-timeout")
                .own());
  }

  private void command(String word) {
    if (word.isBlank()) {
      throw new UsageException("Error: --exec needs a command, as a shell takes it.");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(word)) {
      throw new UsageException("Error: Malformed UTF-8 in --exec argument.");
    }
    command = word;
  }

  private void jobs(String word) {
    jobs =
        compatibility.number(
            word, 1, MOST_JOBS, "Error: Invalid --jobs \"{}\", it is a number from 1 to 1000.", "");
    jobsGiven = true;
  }

  private void limit(String word) {
    Duration time = Durations.orSeconds(word);
    if (time == null || time.isZero()) {
      throw new UsageException(
          "Error: Invalid --exec-timeout \"" + word + "\", it is a time such as 500ms, 5s, 2m.");
    }
    limit = time;
  }

  /** Tells whether there is a command. */
  public boolean isGiven() {
    return command != null;
  }

  /** Returns how many tasks may be done at the same time. */
  int jobs() {
    return jobs;
  }

  /**
   * Checks that the options fit together.
   *
   * @param printing whether options say how messages are printed
   */
  public void check(boolean printing) {
    if (command == null && (jobsGiven || limit != null)) {
      throw new UsageException(
          "Error: " + (jobsGiven ? "--jobs" : "--exec-timeout") + " needs --exec CMD.");
    }
    if (command != null && printing) {
      throw new UsageException(
          "Error: --exec cannot be combined with -v, -F, -N, -0, --frame, --time, -w, --message-rate or --random-filter.");
    }
  }

  void checkLimit() {
    if (command == null && limit != null) {
      throw new UsageException("Error: --exec-timeout needs --exec CMD.");
    }
  }

  /**
   * Returns how many messages of QoS 1 and 2 the broker is to send ahead of their acknowledgements,
   * at least: with one command at a time no more than that one, so that others may have the next.
   */
  public int receiveMaximum(int usual) {
    return jobs == 1 ? 1 : Math.max(usual, WINDOW * jobs);
  }

  /**
   * Returns the sink that runs the command for each message.
   *
   * @param out standard output
   * @param tell takes the lines for the user
   * @param printer makes the standard input of a command; null where it is the payload
   */
  public MessageSink toSink(
      ProcessContext context,
      StandardOutput out,
      Consumer<String> tell,
      StopSignal stop,
      @Nullable Printer printer) {
    // A command that has the terminal itself may lay out for it.
    boolean inherit = jobs == 1 && context.outIsTerminal() && out.isOfProcess();
    return new MessageCommands(toCommands(context, inherit ? null : out, tell, stop), printer);
  }

  Commands toCommands(
      ProcessContext context, @Nullable OutputStream out, Consumer<String> tell, StopSignal stop) {
    if (command == null) {
      throw new IllegalStateException("no command");
    }
    OutputStream err = context.err() == System.err ? null : context.err();
    Shell shell = new Shell(command, limit, err, stop.requested(), tell);
    // An ordinary end, behind which no command runs, is a halt, and runs no hook.
    Runtime.getRuntime().addShutdownHook(new Thread(shell::endAll, "midge exec end"));
    Commands made =
        new Commands(shell, new Workers(jobs), new Tally(limit), out, jobs == 1, stop, tell);
    commands = made;
    return made;
  }

  /** Waits for the commands that run, and tells how all ended. */
  public void end() throws InterruptedException {
    if (commands != null) {
      commands.end();
    }
  }

  /** Returns the exit status once all commands have ended; otherwise that one. */
  public int status(int otherwise) throws InterruptedException {
    return commands == null ? otherwise : commands.status(otherwise);
  }
}
