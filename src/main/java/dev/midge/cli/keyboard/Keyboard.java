package dev.midge.cli.keyboard;

import dev.midge.cli.console.Signals;
import java.io.IOError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A prompt on the terminal, with history and completion; lines of the log stand above it. Ctrl-D
 * leaves it. No native code is loaded: {@code stty} sets the terminal.
 */
public final class Keyboard implements AutoCloseable {
  private static final String PROMPT = "> ";
  private static final int END_MILLIS = 3_000;
  private static final int AGAIN_MILLIS = 100;
  private static final int JLINE_MILLIS = 500;

  /** Held, since it would be forgotten with its level. */
  private static final Logger JLINE_LOG = Logger.getLogger("org.jline");

  private final PromptedOutput err;
  private final Commands commands;
  private final Thread reading = thread(this::run, "keyboard");
  private final LinesAbove lines = new LinesAbove();
  private volatile boolean closed;
  private @Nullable Terminal terminal;

  /**
   * The commands that can be typed.
   *
   * @param run carries out the words of a line, and returns the lines of the answer for a width
   * @param offers the words that may stand behind those of a line
   * @param interrupted begins the end of the program, as Ctrl-C does
   * @param left the line that is shown when the prompt is left
   */
  public record Commands(
      BiFunction<List<String>, Integer, List<String>> run,
      Function<List<String>, List<String>> offers,
      Runnable interrupted,
      String left) {}

  /**
   * @param err standard error, a terminal
   */
  public Keyboard(PromptedOutput err, Commands commands) {
    this.err = err;
    this.commands = commands;
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to read, on a thread of its own; does nothing in a job in the background. */
  public void start() {
    reading.start();
  }

  private void run() {
    if (!Foreground.isOurs()) {
      return;
    }
    // What reads or sets a terminal that is not its own any more, after Ctrl-Z and bg, fails.
    Signals.ignoreTerminalStops();
    try {
      Terminal opened = open();
      if (opened == null) {
        return;
      }
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(opened)
              .completer((asked, line, candidates) -> complete(line, candidates))
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .option(LineReader.Option.BRACKETED_PASTE, false)
              // It would complete a letter to the id of a client that has not this letter in it.
              .option(LineReader.Option.COMPLETE_MATCHER_TYPO, false)
              .build();
      reader.getWidgets().put(LineReader.CALLBACK_INIT, () -> keepSignals(opened));
      Attributes before = opened.getAttributes();
      Signals.tellSuspended(() -> suspend(opened, before), () -> goOn(opened));
      Signals.tellResized(() -> opened.raise(Terminal.Signal.WINCH));
      lines.start(reader::printAbove);
      err.prompt(lines::add);
      boolean left = read(reader, opened);
      close();
      if (left) {
        err.println(commands.left());
      }
    } catch (IOException | RuntimeException | IOError e) {
      close(); // Without a prompt the log goes on.
    }
  }

  private synchronized @Nullable Terminal open() throws IOException {
    if (closed) {
      return null;
    }
    JLINE_LOG.setLevel(Level.OFF); // It shows a stack trace for a TERM that this machine lacks.
    Terminal opened =
        TerminalBuilder.builder()
            .system(true)
            .systemOutput(TerminalBuilder.SystemOutput.SysErr)
            .provider("exec")
            .nativeSignals(false) // Ctrl-C ends the broker as ever.
            .encoding(StandardCharsets.UTF_8)
            .dumb(false)
            // JLine would ask the terminal, and take an answer that comes late for typed text.
            .graphemeCluster(false)
            .build();
    terminal = opened;
    return opened;
  }

  /** Has Ctrl-C and Ctrl-Z do what they do elsewhere: JLine takes them for letters. */
  private static boolean keepSignals(Terminal opened) {
    Attributes attributes = opened.getAttributes();
    attributes.setLocalFlag(Attributes.LocalFlag.ISIG, true);
    // A read ends after a tenth of a second, whether somebody has typed or not.
    attributes.setControlChar(Attributes.ControlChar.VMIN, 0);
    attributes.setControlChar(Attributes.ControlChar.VTIME, 1);
    opened.setAttributes(attributes);
    return true;
  }

  /** Leaves the terminal to the shell as it was: not every shell sees to that itself. */
  private void suspend(Terminal opened, Attributes before) {
    if (!closed && Foreground.isOurs()) {
      opened.setAttributes(before);
    }
  }

  /** Shows the prompt again, unless the process goes on in the background. */
  private void goOn(Terminal opened) {
    if (!closed && Foreground.isOurs()) {
      opened.raise(Terminal.Signal.CONT);
      keepSignals(opened);
    }
  }

  /** Reads until the end; returns whether the user has left the prompt. */
  private boolean read(LineReader reader, Terminal opened) {
    while (!closed) {
      try {
        reader.readLine(PROMPT);
      } catch (UserInterruptException e) {
        if (!closed) { // Ctrl-C in the moment before keepSignals()
          commands.interrupted().run();
        }
        return false;
      } catch (EndOfFileException e) {
        return !closed;
      }
      List<String> words =
          reader.getParsedLine().words().stream().filter(word -> !word.isEmpty()).toList();
      if (!words.isEmpty()) {
        commands.run().apply(words, opened.getSize().getColumns()).forEach(lines::add);
      }
    }
    return false;
  }

  private void complete(ParsedLine line, List<Candidate> candidates) {
    List<String> before = line.words().subList(0, line.wordIndex());
    commands.offers().apply(before).forEach(word -> candidates.add(new Candidate(word)));
  }

  /** Ends the prompt, and leaves the terminal as it was. */
  @Override
  public void close() {
    closed = true;
    err.prompt(null);
    lines.end().forEach(err::println);
    Terminal opened = taken();
    try {
      if (opened != null && Foreground.isOurs()) {
        endReading(opened);
        opened.close();
      } else if (opened == null && Thread.currentThread() != reading) {
        reading.join(END_MILLIS); // It is about to leave the terminal itself.
      }
    } catch (IOException e) {
      // Nothing more can be done.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has the line that is being typed ended, so that what is printed next begins one. */
  private void endReading(Terminal opened) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_MILLIS);
    boolean ended = true;
    do { // JLine hears nothing of it while it is on its way to the prompt.
      opened.reader().shutdown();
      ended = ended && endJlinesReader();
      if (Thread.currentThread() == reading) {
        return;
      }
      opened.raise(Terminal.Signal.INT);
      reading.join(AGAIN_MILLIS);
    } while (reading.isAlive() && System.nanoTime() - deadline < 0);
    if (ended) {
      endJlinesReader();
    }
  }

  /**
   * Ends the thread in which JLine reads ahead: it would take what is typed for the shell. Returns
   * false where it does not end: after Ctrl-Z and fg it sits in a read that began before {@link
   * #keepSignals}, and that the next key ends, or the end of the process.
   */
  private static boolean endJlinesReader() throws InterruptedException {
    Thread[] threads = new Thread[Thread.activeCount() + 8];
    int count = Thread.enumerate(threads);
    boolean ended = true;
    for (int i = 0; i < count; i++) {
      if (threads[i].getName().startsWith("JLine")) {
        threads[i].interrupt(); // It looks for that ten times a second: keepSignals().
        threads[i].join(JLINE_MILLIS);
        ended &= !threads[i].isAlive();
      }
    }
    return ended;
  }

  private synchronized @Nullable Terminal taken() {
    Terminal opened = terminal;
    terminal = null;
    return opened;
  }
}
