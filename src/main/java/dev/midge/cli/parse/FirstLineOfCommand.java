package dev.midge.cli.parse;

import java.io.IOException;
import java.util.Arrays;

/** The output of a command that the user names, which the system's shell runs. */
public final class FirstLineOfCommand {
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  private FirstLineOfCommand() {}

  /**
   * Runs a command to its end and returns the first line that it printed, without its line end. It
   * has nothing to read, and what it says on standard error is seen where midge's own is. The
   * command's words may be secret and are in no message.
   *
   * @param command with its true bytes, as {@link RawArguments} says
   * @throws IOException when it cannot be run, fails, prints nothing, or does not cease to print
   */
  public static byte[] firstLine(String command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(SystemShell.words(command));
    builder.redirectInput(ProcessBuilder.Redirect.from(SystemShell.nothing()));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    byte[] printed;
    int status;
    try {
      printed = process.getInputStream().readNBytes(MOST_BYTES);
      if (printed.length == MOST_BYTES) {
        throw new IOException("the command printed more than 1 MiB");
      }
      status = process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the command was interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    if (status != 0) {
      throw new IOException(
          switch (status) {
            case NOT_EXECUTABLE, NOT_FOUND -> "sh cannot run the command (status " + status + ")";
            default -> "the command ended with status " + status;
          });
    }
    int end = 0;
    while (end < printed.length && printed[end] != '\n') {
      end++;
    }
    if (SystemShell.IS_CMD && end > 0 && printed[end - 1] == '\r') {
      end--;
    }
    if (end == 0) {
      throw new IOException(
          "the command printed " + (printed.length == 0 ? "nothing" : "an empty line"));
    }
    return Arrays.copyOf(printed, end);
  }
}
