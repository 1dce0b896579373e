package dev.midge.broker.junit;

import java.util.List;

/** Prints the log of a broker whose test has failed. */
final class FailedTestLog {
  private FailedTestLog() {}

  /** Prints the lines of one test on standard error. */
  static void print(String test, List<String> lines) {
    StringBuilder text = new StringBuilder("The broker's log of " + test + ":\n");
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
    System.err.print(text);
  }
}
