package dev.midge.text;

/**
 * Holds the one set of characters that can do something to a terminal or forge the look of a line,
 * and writes them as escapes: control characters are commands to a terminal, and others end a line
 * or turn the direction of writing. For any thread.
 */
public final class TerminalEscapes {
  private static final String HEX_DIGITS = "0123456789abcdef";

  private TerminalEscapes() {}

  /** Returns the text with each dangerous character as {@link #escape} writes it, as one line. */
  public static String escaped(String text) {
    return escaped(text, false);
  }

  /**
   * Returns the text with each dangerous character as the broker's log writes it, as one line:
   * {@code \xNN} below U+0100, line ends and tabs too, and {@code \}{@code uNNNN} above.
   */
  public static String forLog(String text) {
    return escaped(text, true);
  }

  private static String escaped(String text, boolean byNumber) {
    StringBuilder plain = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i); // None of the dangerous needs two.
      if (isDangerous(c)) {
        plain = plain == null ? new StringBuilder(text.substring(0, i)) : plain;
        plain.append(byNumber ? numeric(c, 0x100) : escape(c));
      } else if (plain != null) {
        plain.append(c);
      }
    }
    return plain == null ? text : plain.toString();
  }

  /** Tells whether a character must not be sent to a terminal. Line ends and tabs are such too. */
  public static boolean isDangerous(int c) {
    return c < 0x20
        || c >= 0x7F && c <= 0x9F
        || c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || c >= 0x2028 && c <= 0x202E
        || c >= 0x2066 && c <= 0x2069;
  }

  /**
   * Returns the escape that people are shown for a character: {@code \n}, {@code \r}, {@code \t},
   * {@code \xNN} in ASCII, {@code \}{@code uNNNN} above.
   */
  public static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> numeric(c, 0x80);
    };
  }

  private static String numeric(int c, int firstOfFourDigits) {
    return c < firstOfFourDigits ? "\\x" + hex(c, 2) : "\\u" + hex(c, 4);
  }

  /** Returns the lowest hexadecimal digits of a number, in lower case, padded with zeros. */
  public static String hex(int number, int digits) {
    char[] hex = new char[digits];
    for (int i = 0; i < digits; i++) {
      hex[i] = HEX_DIGITS.charAt(number >> 4 * (digits - 1 - i) & 0xF);
    }
    return new String(hex);
  }
}
