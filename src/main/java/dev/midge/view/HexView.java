package dev.midge.view;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes as hexadecimal digits, two for each. */
public final class HexView {
  private static final String DIGITS = "0123456789abcdef";

  private HexView() {}

  /** Returns the digits, in lower case and without blanks. */
  public static byte[] encode(byte[] payload) throws ViewException {
    if (payload.length > Integer.MAX_VALUE / 2) {
      throw new ViewException("it is too long for hexadecimal digits");
    }
    byte[] digits = new byte[2 * payload.length];
    for (int i = 0; i < payload.length; i++) {
      digits[2 * i] = (byte) DIGITS.charAt(payload[i] >> 4 & 0xF);
      digits[2 * i + 1] = (byte) DIGITS.charAt(payload[i] & 0xF);
    }
    return digits;
  }

  /**
   * Returns the bytes that digits stand for.
   *
   * @param payload digits of either case; blanks, tabs and line ends may stand between bytes
   */
  public static byte[] decode(byte[] payload) throws ViewException {
    byte[] bytes = new byte[payload.length / 2];
    int count = 0;
    int high = -1;
    for (int i = 0; i < payload.length; i++) {
      char c = (char) (payload[i] & 0xFF);
      if (high < 0 && isBlank(c)) {
        continue;
      }
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw new ViewException("byte " + (i + 1) + " is no hexadecimal digit");
      }
      if (high < 0) {
        high = digit;
      } else {
        bytes[count++] = (byte) (high << 4 | digit);
        high = -1;
      }
    }
    if (high >= 0) {
      throw new ViewException("the last byte has one hexadecimal digit, not two");
    }
    return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
  }

  static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /** Returns the digits as text. */
  public static String text(byte[] bytes) throws ViewException {
    return new String(encode(bytes), StandardCharsets.ISO_8859_1);
  }
}
