package dev.midge.cli.parse;

import dev.midge.cli.Compatibility;
import dev.midge.cli.UsageException;
import java.time.Duration;

/** Reads the argument of {@code -W}. */
public final class TimeoutArgument {
  private TimeoutArgument() {}

  /**
   * Returns the time, of at least a millisecond.
   *
   * @throws UsageException for anything else
   */
  public static Duration parse(String word, Compatibility compatibility) {
    if (compatibility.allowsFractionsOfSeconds()) {
      double seconds = compatibility.decimal(word);
      if (seconds > 0 && seconds <= Integer.MAX_VALUE) {
        return Duration.ofNanos(Math.max(1_000_000, (long) (seconds * 1e9)));
      }
      throw new UsageException(
          "Error: Invalid timeout \"" + word + "\": it is a number of seconds above 0.");
    }
    return Duration.ofSeconds(
        compatibility.number(word, 1, Integer.MAX_VALUE, "Error: Invalid timeout \"{}\".", ""));
  }
}
