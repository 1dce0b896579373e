package dev.midge.fault;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Times in the words of users: {@code 300ms}, {@code 5s}, {@code 1.5s}, {@code 2m}, {@code 1h}. */
public final class Durations {
  private Durations() {}

  /** Returns the time, at most some 24 days; null for anything else. */
  public static @Nullable Duration parse(String word) {
    String unit =
        word.endsWith("ms") ? "ms" : word.isEmpty() ? "" : word.substring(word.length() - 1);
    double scale =
        switch (unit) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 0;
        };
    String number = word.substring(0, word.length() - unit.length());
    if (scale == 0 || !Digits.areDecimal(number)) {
      return null;
    }
    double millis = Double.parseDouble(number) * scale;
    return millis <= Integer.MAX_VALUE ? Duration.ofMillis(Math.round(millis)) : null;
  }

  /** Returns the same, where a bare number is seconds. */
  public static @Nullable Duration orSeconds(String word) {
    return parse(Digits.areDecimal(word) ? word + "s" : word);
  }

  /** Returns the time as {@link #parse} reads it, in the largest unit that needs no fraction. */
  static String text(Duration time) {
    long millis = time.toMillis();
    if (millis == 0 || millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
