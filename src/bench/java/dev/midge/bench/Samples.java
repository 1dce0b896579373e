package dev.midge.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The figures that one measurement gave in all rounds. */
record Samples(double[] values) {
  static final Samples NONE = new Samples(new double[0]);

  static Samples of(List<Double> values) {
    return new Samples(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  boolean isEmpty() {
    return values.length == 0;
  }

  double median() {
    return isEmpty() ? Double.NaN : median(values);
  }

  double least() {
    return Arrays.stream(values).min().orElse(Double.NaN);
  }

  double most() {
    return Arrays.stream(values).max().orElse(Double.NaN);
  }

  /**
   * Round by round: what was measured one after the other had the same weather. A round in which
   * the other gave nothing has no ratio.
   */
  Samples per(Samples other) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(values.length, other.values.length); i++) {
      if (other.values[i] != 0) {
        ratios.add(values[i] / other.values[i]);
      }
    }
    return of(ratios);
  }
}
