package dev.midge.lwt.report;

/**
 * Finds widths for the columns of the table, so that each line fits and the verdict, which stands
 * last, is whole.
 */
final class ColumnWidths {
  static final int ROW = 0;
  static final int CLAUSE = 1;
  static final int EXPECTED = 2;
  static final int SEEN = 3;
  static final int AFTER = 4;
  static final int COUNT = 5;

  private static final int GAP = 2;

  /** The least widths at which columns are readable. */
  private static final int[] LEAST = {6, 6, 8, 8, 1};

  /** The columns that are cut first; the id of a row is what other commands take. */
  private static final int[] ELASTIC = {CLAUSE, EXPECTED, SEEN};

  private static final int[] LEFT_OUT_FIRST = {CLAUSE, EXPECTED, AFTER, SEEN};

  private ColumnWidths() {}

  /**
   * Returns the widths.
   *
   * @param natural the widths in which nothing is cut; 0 for a column that is left out
   * @param last the width of the verdict
   * @param width that of the terminal
   */
  static int[] widths(int[] natural, int last, int width) {
    int[] wanted = natural.clone();
    for (int leftOut = 0; ; leftOut++) {
      int[] widths = wanted.clone();
      if (isShrunk(widths, ELASTIC, LEAST, last, width)
          || isShrunk(widths, new int[] {ROW}, LEAST, last, width)) {
        return widths;
      }
      if (leftOut == LEFT_OUT_FIRST.length) {
        isShrunk(widths, new int[] {ROW}, new int[] {1}, last, width);
        return widths;
      }
      wanted[LEFT_OUT_FIRST[leftOut]] = 0;
    }
  }

  /** Takes from the widest of some columns until all fits; returns whether it does. */
  private static boolean isShrunk(int[] widths, int[] columns, int[] least, int last, int width) {
    while (total(widths) + last > width) {
      int widest = -1;
      for (int column : columns) {
        if (widths[column] > least[column] && (widest < 0 || widths[column] > widths[widest])) {
          widest = column;
        }
      }
      if (widest < 0) {
        return false;
      }
      widths[widest]--;
    }
    return true;
  }

  private static int total(int[] widths) {
    int total = 0;
    for (int column : widths) {
      total += column == 0 ? 0 : column + GAP;
    }
    return total;
  }
}
