package dev.midge.broker;

/** User data in a line of the log: nothing in it can look like another line or move the cursor. */
final class Escaped {
  private static final String HEX = "0123456789abcdef";

  private Escaped() {}

  /** The text with control characters, and what cannot be shown, written as {@code \xNN}. */
  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return escape(text);
      }
    }
    return text;
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isControl(c)) {
        escaped.append(c);
      } else if (c < 0x100) {
        escaped.append("\\x").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0x0F));
      } else {
        escaped.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          escaped.append(HEX.charAt(c >> shift & 0x0F));
        }
      }
    }
    return escaped.toString();
  }

  // U+2028 and the marks of writing direction can forge the look of a line as well.
  private static boolean isControl(char c) {
    return c < 0x20
        || (c >= 0x7F && c <= 0x9F)
        || c == 0x061C
        || c == 0x2028
        || c == 0x2029
        || (c >= 0x200E && c <= 0x200F)
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
