package dev.midge.bench;

import java.util.Locale;

/** Figures as the cells of a table. */
final class Cells {
  /** Stands where nothing was measured. */
  static final String NONE = "–";

  private Cells() {}

  /** Returns the median, and the least to the most. */
  static String range(Samples samples) {
    return spread(samples, "");
  }

  /** Returns the same of ratios. */
  static String times(Samples ratios) {
    return spread(ratios, " ×");
  }

  private static String spread(Samples samples, String unit) {
    if (samples.isEmpty()) {
      return NONE;
    }
    String middle = number(samples.median()) + unit;
    return samples.values().length == 1
        ? middle
        : middle + " (" + number(samples.least()) + "–" + number(samples.most()) + ")";
  }

  /** Returns the medians of several, with a point between. */
  static String medians(Samples... several) {
    StringBuilder all = new StringBuilder();
    for (Samples one : several) {
      all.append(all.isEmpty() ? "" : " · ").append(one.isEmpty() ? NONE : number(one.median()));
    }
    return all.toString();
  }

  /** Returns shares in percent, with a point between. */
  static String percents(Samples... several) {
    StringBuilder all = new StringBuilder();
    for (Samples one : several) {
      all.append(all.isEmpty() ? "" : " · ")
          .append(one.isEmpty() ? NONE : Math.round(100 * one.median()) + " %");
    }
    return all.toString();
  }

  static String bold(String text) {
    return "**" + text + "**";
  }

  /** Returns at least three digits that matter. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    double size = Math.abs(value);
    if (size == Math.rint(size) || size >= 100) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
  }
}
