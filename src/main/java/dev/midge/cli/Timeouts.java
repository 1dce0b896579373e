package dev.midge.cli;

import java.time.Duration;

/** The argument of {@code -W}. */
final class Timeouts {
  private Timeouts() {}

  static Duration parse(String word, Manners manners) {
    if (manners.takesFractions()) {
      double seconds = manners.decimal(word);
      if (seconds > 0 && seconds <= Integer.MAX_VALUE) {
        return Duration.ofNanos(Math.max(1_000_000, (long) (seconds * 1e9)));
      }
      throw new UsageException(
          "Error: Invalid timeout \"" + word + "\": it is a number of seconds above 0.");
    }
    return Duration.ofSeconds(
        manners.number(word, 1, Integer.MAX_VALUE, "Error: Invalid timeout \"{}\".", ""));
  }
}
