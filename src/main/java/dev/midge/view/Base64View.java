package dev.midge.view;

import java.util.Arrays;
import java.util.Base64;

/** Bytes as base64 text. */
public final class Base64View {
  private Base64View() {}

  /** Returns base64 with padding, in the alphabet of RFC 4648 section 4, on one line. */
  public static byte[] encode(byte[] payload) throws ViewException {
    if (payload.length > Integer.MAX_VALUE / 4 * 3) {
      throw new ViewException("it is too long for base64");
    }
    return Base64.getEncoder().encode(payload);
  }

  /**
   * Returns the bytes that base64 stands for.
   *
   * @param payload in the alphabet of section 4 or 5 of RFC 4648, with or without padding; blanks,
   *     tabs and line ends are passed over
   */
  public static byte[] decode(byte[] payload) throws ViewException {
    byte[] digits = new byte[payload.length];
    int count = 0;
    for (int i = 0; i < payload.length; i++) {
      byte b = payload[i];
      if (HexView.isBlank(b)) {
        continue;
      }
      if (!isDigit(b) && b != '=') {
        throw new ViewException("byte " + (i + 1) + " is no base64 digit");
      }
      digits[count++] = (byte) (b == '-' ? '+' : b == '_' ? '/' : b);
    }
    try {
      return Base64.getDecoder().decode(Arrays.copyOf(digits, count));
    } catch (IllegalArgumentException e) {
      throw new ViewException("its base64 digits do not end with a whole byte");
    }
  }

  private static boolean isDigit(int b) {
    return b >= 'A' && b <= 'Z'
        || b >= 'a' && b <= 'z'
        || b >= '0' && b <= '9'
        || b == '+'
        || b == '/'
        || b == '-'
        || b == '_';
  }
}
