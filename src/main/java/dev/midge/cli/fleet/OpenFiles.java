package dev.midge.cli.fleet;

import dev.midge.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The number of files, and so of sockets, that the system lets this process open. */
public final class OpenFiles {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String LINE = "Max open files";

  /** Java has some open itself. */
  private static final int OTHERS = 40;

  private OpenFiles() {}

  /**
   * Checks that so many clients may be connected. Where the system does not tell, the connections
   * themselves find out.
   *
   * @throws UsageException when they may not
   */
  static void check(String option, int clients) {
    long most = most();
    if (clients + OTHERS > most) {
      throw new UsageException(
          UsageException.Kind.CONTRADICTION,
          "Error: "
              + option
              + " "
              + clients
              + " needs "
              + (clients + OTHERS)
              + " open files, but the system allows this process "
              + most
              + ": raise the limit (ulimit -n "
              + (clients + OTHERS)
              + "), or take fewer clients.",
          "");
    }
  }

  /** Returns the number; {@link Long#MAX_VALUE} where there is no limit, or nobody tells it. */
  public static long most() {
    try {
      for (String line : Files.readAllLines(LIMITS)) {
        if (line.startsWith(LINE)) {
          String soft = line.substring(LINE.length()).strip().split(" +")[0];
          return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Not Linux.
    }
    return Long.MAX_VALUE;
  }
}
