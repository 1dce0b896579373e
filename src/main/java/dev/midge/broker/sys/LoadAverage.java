package dev.midge.broker.sys;

import java.util.List;

/** One count as moving averages per minute: over one minute, five and fifteen. */
final class LoadAverage {
  static final List<String> NAMES = List.of("1min", "5min", "15min");
  private static final double[] SECONDS = {60, 300, 900};

  private final double[] values = new double[SECONDS.length];
  private long last;

  /**
   * Takes the count as it is now.
   *
   * @param seconds since the last call, above 0
   */
  void update(long count, double seconds) {
    double perMinute = (count - last) * 60 / seconds;
    for (int i = 0; i < values.length; i++) {
      values[i] = perMinute + Math.exp(-seconds / SECONDS[i]) * (values[i] - perMinute);
    }
    last = count;
  }

  /** Returns the average of that number in {@link #NAMES}, with two decimals. */
  String text(int number) {
    long hundredths = Math.round(values[number] * 100);
    long rest = hundredths % 100;
    return hundredths / 100 + (rest < 10 ? ".0" : ".") + rest; // formatters take long to load
  }
}
