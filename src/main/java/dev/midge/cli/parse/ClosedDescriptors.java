package dev.midge.cli.parse;

import java.io.File;
import java.io.IOException;

/**
 * Tells descriptors that were closed when the JVM started. The JVM opens files of its own then, and
 * these get the numbers that are free: who names such a number would read the JVM's files. The
 * launcher sees to the first three; this is for the others, and for a JVM that was started without
 * it. Linux only; elsewhere nothing is known.
 */
public final class ClosedDescriptors {
  private static final File ALL = new File("/proc/self/fd");

  private ClosedDescriptors() {}

  /** Tells whether standard input was closed when the JVM started. */
  public static boolean isStandardInputClosed() {
    return isClosed(ALL + "/0");
  }

  /**
   * Tells whether a file name, such as {@code /dev/stdin} or {@code /dev/fd/3}, leads to a
   * descriptor that nobody has given us.
   */
  public static boolean isClosed(String name) {
    if (!name.startsWith("/dev/") && !name.startsWith("/proc/")) {
      return false;
    }
    try {
      String target = new File(name).getCanonicalPath();
      return isOfTheJvm(target) && count(target) == 1; // Given to us too, there would be two.
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isOfTheJvm(String path) throws IOException {
    String java = new File(System.getProperty("java.home")).getCanonicalPath();
    if (path.startsWith(java + "/")) {
      return true;
    }
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (path.equals(new File(part).getCanonicalPath())) {
        return true;
      }
    }
    return false;
  }

  private static int count(String target) throws IOException {
    String[] numbers = ALL.list();
    int count = 0;
    for (String number : numbers == null ? new String[0] : numbers) {
      if (target.equals(new File(ALL, number).getCanonicalPath())) {
        count++;
      }
    }
    return count;
  }
}
