package dev.midge.bench;

import java.util.ArrayList;
import java.util.List;

/** Measured figures beside what they are to be. */
final class Aims {
  private final List<String[]> rows = new ArrayList<>();

  /** Adds a figure that is to be at most so much. A figure that was not measured is left out. */
  void atMost(String title, Samples measured, String unit, double bound) {
    add(title, measured, unit, "≤ ", bound, measured.median() <= bound);
  }

  /** Adds a figure that is to be at least so much. */
  void atLeast(String title, Samples measured, String unit, double bound) {
    add(title, measured, unit, "≥ ", bound, measured.median() >= bound);
  }

  private void add(
      String title, Samples measured, String unit, String sign, double bound, boolean isMet) {
    if (!measured.isEmpty() && !Double.isNaN(bound)) {
      rows.add(
          new String[] {
            title,
            Cells.range(measured) + unit,
            sign + Cells.number(bound) + unit,
            isMet ? "met" : Cells.bold("missed")
          });
    }
  }

  void writeTo(Page page) {
    if (rows.isEmpty()) {
      return;
    }
    page.title("Against the aims");
    page.head("", "measured", "aim", "");
    rows.forEach(page::row);
  }
}
