package dev.midge.cli;

/** Reads numbers as C's atoi, atof and strtol do. */
public final class NumberParser {
  private NumberParser() {}

  /**
   * Reads leading blanks and a sign, then digits; the rest is ignored, and no digits are 0. Too
   * large numbers stop at the ends of long.
   */
  public static long lenient(String word) {
    int i = afterBlanks(word);
    boolean negative = i < word.length() && word.charAt(i) == '-';
    if (i < word.length() && (negative || word.charAt(i) == '+')) {
      i++;
    }
    int end = i;
    while (end < word.length() && isDigit(word.charAt(end))) {
      end++;
    }
    return end == i ? 0 : signed(negative, magnitude(word.substring(i, end), 10));
  }

  /** Reads a decimal number in the same way. */
  public static double lenientDecimal(String word) {
    int start = afterBlanks(word);
    for (int end = word.length(); end > start; end--) {
      char last = word.charAt(end - 1);
      // Java takes type letters that C does not.
      if (isDigit(last) || last == '.') {
        try {
          return Double.parseDouble(word.substring(start, end));
        } catch (NumberFormatException e) {
          // A shorter piece may be a number.
        }
      }
    }
    return 0;
  }

  /**
   * Reads a number in C's notation, decimal, 0x hexadecimal or leading-0 octal, without anything
   * behind it.
   *
   * @throws NumberFormatException for anything else
   */
  public static long strict(String word) {
    int i = afterBlanks(word);
    boolean negative = word.startsWith("-", i);
    if (negative || word.startsWith("+", i)) {
      i++;
    }
    if (word.startsWith("0x", i) || word.startsWith("0X", i)) {
      return signed(negative, magnitude(word.substring(i + 2), 16));
    }
    boolean octal = word.startsWith("0", i) && word.length() > i + 1;
    return signed(negative, magnitude(word.substring(i), octal ? 8 : 10));
  }

  private static long signed(boolean negative, long magnitude) {
    return negative ? -magnitude : magnitude;
  }

  private static long magnitude(String digits, int radix) {
    if (digits.isEmpty()) {
      throw new NumberFormatException();
    }
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), radix);
      if (digit < 0 || digits.charAt(i) > 'f') {
        throw new NumberFormatException();
      }
      number = number > (Long.MAX_VALUE - digit) / radix ? Long.MAX_VALUE : number * radix + digit;
    }
    return number;
  }

  private static int afterBlanks(String word) {
    int i = 0;
    while (i < word.length()
        && (word.charAt(i) == ' ' || word.charAt(i) >= '\t' && word.charAt(i) <= '\r')) {
      i++;
    }
    return i;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
