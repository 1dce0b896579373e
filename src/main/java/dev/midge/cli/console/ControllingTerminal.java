package dev.midge.cli.console;

import dev.midge.cli.Prompt;
import dev.midge.cli.parse.RawArguments;
import java.io.ByteArrayOutputStream;
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
 * file and standard output a pipe. Loaded only to ask.
 */
public final class ControllingTerminal implements Prompt {
  private static final String TTY = "/dev/tty";

  @Override
  public @Nullable String ask(String question) throws IOException {
    if (File.separatorChar == '\\') {
      Console console = System.console();
      char[] answer = console == null ? null : console.readPassword("%s", question);
      return answer == null ? null : new String(answer);
    }
    try (OutputStream out = new FileOutputStream(TTY);
        InputStream in = new FileInputStream(TTY)) {
      String before = stty("-g");
      // Ctrl-C ends the process, and must not leave the terminal silent.
      Thread restore = new Thread(() -> restore(before), "midge terminal");
      Runtime.getRuntime().addShutdownHook(restore);
      stty("-echo");
      // After Ctrl-Z and fg the shell has told the terminal to echo.
      Runnable handlerBefore = Signals.tellContinued(() -> again(question, out));
      try {
        out.write(question.getBytes(StandardCharsets.UTF_8));
        return line(in);
      } finally {
        handlerBefore.run();
        restore(before);
        out.write('\n');
        Runtime.getRuntime().removeShutdownHook(restore);
      }
    } catch (java.io.FileNotFoundException noTerminal) {
      return null;
    } catch (IllegalStateException ending) {
      return null; // Ctrl-C: the hooks run already.
    }
  }

  private static void again(String question, OutputStream out) {
    try {
      stty("-echo");
      out.write(question.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It was asked before; whoever types sees it.
    }
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return null;
    }
    while (b >= 0 && b != '\n') {
      line.write(b);
      b = in.read();
    }
    return RawArguments.decode(line.toByteArray(), 0, line.size());
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

  private static String stty(String word) throws IOException {
    Process stty =
        new ProcessBuilder("stty", word)
            .redirectInput(new File(TTY))
            .redirectErrorStream(true)
            .start();
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
