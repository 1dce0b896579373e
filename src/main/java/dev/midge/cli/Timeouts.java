package dev.midge.cli;

import java.time.Duration;

/** The argument of {@code -W}. */
final class Timeouts {
  private Timeouts() {}

  static Duration parse(String word, Manners manners) {
    return Duration.ofSeconds(
        manners.number(
            word,
            1,
            Integer.MAX_VALUE,
            "Error: Invalid timeout \"{}\".",
            ": it is a number of seconds from 1."));
  }
}
