package dev.midge.cli.proxy;

import java.time.Clock;
import java.time.LocalTime;

/** The time of the day as lines have it: {@code 01:08:59.819}. For any thread. */
final class WallTime {
  private final Clock clock;

  WallTime(Clock clock) {
    this.clock = clock;
  }

  String now() {
    LocalTime now = LocalTime.now(clock);
    StringBuilder text = new StringBuilder(12);
    two(text, now.getHour()).append(':');
    two(text, now.getMinute()).append(':');
    two(text, now.getSecond()).append('.');
    int millis = now.getNano() / 1_000_000;
    return text.append((char) ('0' + millis / 100)).append(digits(millis % 100)).toString();
  }

  private static StringBuilder two(StringBuilder text, int number) {
    return text.append(digits(number));
  }

  private static String digits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
