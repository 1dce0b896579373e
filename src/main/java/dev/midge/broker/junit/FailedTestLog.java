package dev.midge.broker.junit;

import java.util.List;

/** Prints the log of a broker whose test has failed. */
final class FailedTestLog {
  private FailedTestLog() {}

  /**
   * Prints the lines of one test on standard error.
   *
   * @param before lines that belong to earlier tests
   */
  static void print(String test, List<String> lines, int before) {
    StringBuilder text = new StringBuilder("The broker's log of " + test + ":\n");
    for (String line : lines.subList(Math.min(before, lines.size()), lines.size())) {
      text.append("  ").append(line).append('\n');
    }
    System.err.print(text);
  }
}
