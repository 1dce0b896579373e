package dev.midge.fault;

/**
 * Tells what is made of ASCII digits. A regular expression would do it too, but most starts with a
 * fault need no other, and it takes as long as the rest of the fault's words.
 */
final class Digits {
  private Digits() {}

  /** Returns whether the text is one digit or more, and no more than so many. */
  static boolean are(String text, int most) {
    return are(text, most, 10);
  }

  /** Returns the same for digits of that radix. */
  static boolean are(String text, int most, int radix) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 'f' || Character.digit(c, radix) < 0) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= most;
  }

  /** Returns whether the text is a decimal number, with or without decimals. */
  static boolean areDecimal(String text) {
    int point = text.indexOf('.');
    return point < 0
        ? are(text, Integer.MAX_VALUE)
        : are(text.substring(0, point), point) && are(text.substring(point + 1), text.length());
  }
}
