package dev.midge.cli.expect;

import dev.midge.cli.UsageException;
import dev.midge.fault.Durations;
import java.time.Duration;

/** Times as arguments of options. */
final class Times {
  private Times() {}

  /**
   * Reads the argument of an option.
   *
   * @throws UsageException for anything but a time of at least a millisecond
   */
  static Duration parse(String word, String option) {
    Duration time = Durations.orSeconds(word);
    if (time == null || time.isZero()) {
      throw new UsageException(
          "Error: Invalid time '"
              + word
              + "' for "
              + option
              + ": it is such as 5s, 200ms or 1.5m.");
    }
    return time;
  }

  /** Returns the time in seconds, as people write it. */
  static String text(Duration time) {
    long millis = time.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis / 1000.0 + " s";
  }
}
