package dev.midge.lwt.report;

import java.util.ArrayList;
import java.util.List;

/** Measures, cuts and wraps text in the columns of a terminal. */
public final class Columns {
  private static final String CUT = "…";

  private Columns() {}

  /** Returns the number of columns that a text takes. */
  public static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      width += width(c);
      i += Character.charCount(c);
    }
    return width;
  }

  private static int width(int c) {
    if (c < 0x300) {
      return 1;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return isWide(c) ? 2 : 1;
  }

  /** Follows Unicode's East Asian Width, in whole blocks. */
  private static boolean isWide(int c) {
    return c >= 0x1100
        && (c <= 0x115F
            || c >= 0x2E80 && c <= 0xA4CF
            || c >= 0xAC00 && c <= 0xD7A3
            || c >= 0xF900 && c <= 0xFAFF
            || c >= 0xFE30 && c <= 0xFE6F
            || c >= 0xFF00 && c <= 0xFF60
            || c >= 0xFFE0 && c <= 0xFFE6
            || c >= 0x1F300 && c <= 0x1F64F
            || c >= 0x1F680 && c <= 0x1F6FF
            || c >= 0x1F900 && c <= 0x1FAFF
            || c >= 0x20000 && c <= 0x3FFFD);
  }

  /** Returns the text, or its beginning and {@code …} where it is wider than that. */
  public static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    return columns < 1 ? "" : text.substring(0, fitting(text, columns - 1)) + CUT;
  }

  /** Returns the index behind the last character that fits. */
  private static int fitting(String text, int columns) {
    int used = 0;
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      used += width(c);
      if (used > columns) {
        return i;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  /** Returns the text, cut or filled with blanks to that width. */
  public static String pad(String text, int columns) {
    String fitting = cut(text, columns);
    return fitting + " ".repeat(columns - width(fitting));
  }

  /**
   * Returns the text in lines of at most that width, broken between words, and within those that
   * are wider than a line.
   *
   * @param indent before each line but the first
   */
  static List<String> wrap(String text, int columns, String indent) {
    List<String> lines = new ArrayList<>();
    String line = "";
    boolean started = false;
    for (String word : text.split(" ")) {
      String longer = started ? line + " " + word : line + word;
      if (width(longer) > columns && started) {
        lines.add(line.stripTrailing());
        longer = indent + word;
      }
      while (width(longer) > columns) {
        // One character at least, however narrow the terminal is.
        int end = Math.max(fitting(longer, columns), indent.length() + 1);
        end = Math.min(end, longer.length());
        if (end == longer.length()) {
          break;
        }
        lines.add(longer.substring(0, end).stripTrailing());
        longer = indent + longer.substring(end);
      }
      line = longer;
      started = true;
    }
    lines.add(line);
    return lines;
  }
}
