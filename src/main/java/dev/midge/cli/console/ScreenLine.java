package dev.midge.cli.console;

import java.nio.charset.StandardCharsets;

/**
 * One line of a screen: as much of a text as there are columns for, and an ellipsis where it is
 * more, so that nobody takes a part of a value for the value.
 */
final class ScreenLine {
  private static final char ESCAPE = '\033';
  private static final String ELLIPSIS = "\u2026";
  private static final String PLAIN = "\033[0m";

  /** First and last of the characters that take two columns on terminals. */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3,
    0x25FD, 0x25FE, 0x2614, 0x2615, 0x2648, 0x2653, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1,
    0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA, 0x26EA,
    0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD, 0x2705, 0x2705, 0x270A, 0x270B,
    0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
    0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55, 0x2E80, 0x303E,
    0x3041, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F,
    0xFF00, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x18DFF, 0x1AFF0, 0x1B2FF, 0x1F004, 0x1F004, 0x1F0CF,
    0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F200, 0x1F320, 0x1F32D, 0x1F335, 0x1F337,
    0x1F37C, 0x1F37E, 0x1F393, 0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0, 0x1F3F0, 0x1F3F4,
    0x1F3F4, 0x1F3F8, 0x1F43E, 0x1F440, 0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B,
    0x1F54E, 0x1F550, 0x1F567, 0x1F57A, 0x1F57A, 0x1F595, 0x1F596, 0x1F5A4, 0x1F5A4, 0x1F5FB,
    0x1F64F, 0x1F680, 0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5, 0x1F6D7, 0x1F6DC,
    0x1F6DF, 0x1F6EB, 0x1F6EC, 0x1F6F4, 0x1F6FC, 0x1F7E0, 0x1F7EB, 0x1F7F0, 0x1F7F0, 0x1F90C,
    0x1F93A, 0x1F93C, 0x1F945, 0x1F947, 0x1F9FF, 0x1FA70, 0x1FAFF, 0x20000, 0x3FFFD,
  };

  private ScreenLine() {}

  /** Returns the text that was printed for one message, without its last line end. */
  static String of(byte[] printed) {
    String text = new String(printed, StandardCharsets.UTF_8);
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  /**
   * Returns the text so that it takes no more than that many columns. Colours stay, other controls
   * become blanks.
   */
  static String fit(String text, int columns) {
    StringBuilder line = new StringBuilder();
    int whereToCut = 0; // Behind what leaves a column for the ellipsis.
    int used = 0;
    boolean coloured = false;
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == ESCAPE) {
        int end = endOfSequence(text, at);
        if (end > at + 1) {
          line.append(text, at, end);
          coloured = true;
          at = end;
          continue;
        }
      }
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      int shown = Character.getType(c) == Character.CONTROL ? ' ' : c;
      int width = width(shown);
      if (used + width > columns) {
        line.setLength(whereToCut);
        return line.append(coloured ? PLAIN : "").append(columns > 0 ? ELLIPSIS : "").toString();
      }
      line.appendCodePoint(shown);
      used += width;
      if (used < columns) {
        whereToCut = line.length();
      }
    }
    return line.append(coloured ? PLAIN : "").toString();
  }

  /**
   * Returns the index behind a sequence that sets colours; the start itself where there is none.
   */
  private static int endOfSequence(String text, int start) {
    int at = start + 1;
    if (at >= text.length() || text.charAt(at) != '[') {
      return start;
    }
    at++;
    while (at < text.length() && ";0123456789:".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() && text.charAt(at) == 'm' ? at + 1 : start;
  }

  /** Returns how many columns a terminal takes for a character. */
  static int width(int c) {
    if (c < 0x300) {
      return 1;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT
        || c >= 0x1160 && c <= 0x11FF) { // Vowels and finals that join a Hangul syllable.
      return 0;
    }
    for (int i = 0; i < WIDE.length && c >= WIDE[i]; i += 2) {
      if (c <= WIDE[i + 1]) {
        return 2;
      }
    }
    return 1;
  }
}
