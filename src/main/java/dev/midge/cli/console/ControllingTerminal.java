package dev.midge.cli.console;

import dev.midge.cli.Prompt;
import java.io.Console;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The terminal that the process was started from, which can be asked although standard input is a
 * file and standard output a pipe. Loaded only to ask, or to see whether it is still there.
 */
public final class ControllingTerminal implements Prompt {
  private static final String TTY = "/dev/tty";

  @Override
  public @Nullable String ask(String question) throws IOException {
    if (File.separatorChar == '\\') {
      Console console = System.console();
      if (console == null) {
        return null;
      }
      char[] answer = console.readPassword("%s", question);
      if (answer == null) {
        throw new NoAnswer();
      }
      return new String(answer);
    }
    try (OutputStream out = new FileOutputStream(TTY);
        InputStream in = new FileInputStream(TTY)) {
      String before = stty("-g");
      // A signal from elsewhere must not leave the terminal dumb; with -Xrs the JVM runs no hooks.
      Thread restore = new Thread(() -> restore(before), "midge terminal");
      Runtime.getRuntime().addShutdownHook(restore);
      try {
        HiddenLine line = new HiddenLine();
        int last;
        @Nullable String signal;
        do {
          // Ctrl-C and Ctrl-Z too: the terminal is itself again before they do what they do.
          stty("-echo", "-icanon", "-isig", "min", "1", "time", "0");
          out.write(question.getBytes(StandardCharsets.UTF_8));
          last = line.read(in);
          restore(before);
          signal = ControlKeys.signal(last);
          if (signal != null) {
            if (last != ControlKeys.SUSPEND) {
              out.write('\n'); // Nobody shows ^C here, and the shell's prompt begins a line.
            }
            ControlKeys.raise(signal);
          }
        } while (signal != null);
        if (last < 0) {
          throw new NoAnswer();
        }
        return line.text();
      } finally {
        restore(before);
        out.write('\n');
        Runtime.getRuntime().removeShutdownHook(restore);
      }
    } catch (java.io.FileNotFoundException noTerminal) {
      return null;
    } catch (IllegalStateException ending) {
      throw new NoAnswer(); // Ctrl-C: the hooks run already.
    }
  }

  /** Tells whether the process has no terminal, or has one no more. */
  static boolean isGone() {
    try {
      new FileInputStream(TTY).close();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void restore(String before) {
    try {
      stty(before);
    } catch (IOException e) {
      // Nothing more can be done.
    }
  }

  /** Asks how many columns the terminal has; 0 where nobody knows. */
  public static int columns() {
    try {
      String size = stty("size"); // Rows and columns.
      return Integer.parseInt(size.substring(size.indexOf(' ') + 1));
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /** Asks how large the screen is; the usual size where nobody knows. */
  public static ScreenSize size() {
    try {
      String size = stty("size"); // Rows and columns.
      int blank = size.indexOf(' ');
      int lines = Integer.parseInt(size.substring(0, Math.max(blank, 0)));
      int columns = Integer.parseInt(size.substring(blank + 1));
      return lines > 0 && columns > 0 ? new ScreenSize(lines, columns) : ScreenSize.USUAL;
    } catch (IOException | NumberFormatException e) {
      return ScreenSize.USUAL;
    }
  }

  private static String stty(String... words) throws IOException {
    String[] command = new String[words.length + 1];
    command[0] = "stty";
    System.arraycopy(words, 0, command, 1, words.length);
    Process stty =
        new ProcessBuilder(command).redirectInput(new File(TTY)).redirectErrorStream(true).start();
    String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (stty.waitFor() != 0) {
        throw new IOException("The terminal cannot be told to hide a password: " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
    return said.strip();
  }
}
