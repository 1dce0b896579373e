package dev.midge.cli.control;

import dev.midge.lwt.report.Columns;
import java.util.ArrayList;
import java.util.List;

/** Rows in columns that fit a width: the widest columns of text are cut until they do. */
final class TextTable {
  private static final String GAP = "  ";
  private static final int LEAST = 6;

  private final List<List<String>> rows = new ArrayList<>();

  /** Makes one of a line of headings. */
  TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  /** Adds a row, with as many cells as there are headings. */
  TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Returns the lines, without blanks at their ends. */
  List<String> lines(int width) {
    int[] widths = widths(width);
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(i == 0 ? "" : GAP).append(Columns.pad(row.get(i), widths[i]));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int[] widths(int width) {
    int[] widths = new int[rows.get(0).size()];
    int total = (widths.length - 1) * GAP.length();
    for (int i = 0; i < widths.length; i++) {
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], Columns.width(row.get(i)));
      }
      total += widths[i];
    }
    while (total > width) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= LEAST) {
        return widths;
      }
      int taken = Math.min(total - width, widths[widest] > 200 ? widths[widest] - 200 : 1);
      widths[widest] -= taken;
      total -= taken;
    }
    return widths;
  }
}
