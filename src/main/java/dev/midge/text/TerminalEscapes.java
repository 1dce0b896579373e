package dev.midge.text;

/**
 * The one set of characters that can do something to a terminal, and how they are shown in place of
 * being sent: control characters are commands to it, and others turn the direction of writing. For
 * any thread.
 */
public final class TerminalEscapes {
  private TerminalEscapes() {}

  /** Returns the text with each dangerous character as an escape, as one line. */
  public static String escaped(String text) {
    StringBuilder plain = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i); // None of the dangerous needs two.
      if (isDangerous(c)) {
        plain = plain == null ? new StringBuilder(text.substring(0, i)) : plain;
        plain.append(escape(c));
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

  /** Returns the escape that is shown for a character. */
  public static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> c < 0x80 ? "\\x" + hex(c, 2) : "\\u" + hex(c, 4);
    };
  }

  /** Returns hexadecimal digits, padded with zeros. */
  public static String hex(int number, int digits) {
    String hex = Integer.toHexString(number);
    return "0".repeat(Math.max(digits - hex.length(), 0)) + hex;
  }
}
