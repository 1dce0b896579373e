package dev.midge.format;

import java.nio.charset.StandardCharsets;

/**
 * Fits a value into its place, much as C's printf does it. Lengths are in bytes.
 *
 * @param left the padding goes to the right
 * @param zero numbers and payloads are padded with zeros; never together with {@code left}
 * @param width the least length; for payloads also the greatest, unless 0
 * @param precision {@link #NO_PRECISION} or more, its meaning depends on the specifier
 * @param separator stands between groups of hex digits
 */
record Field(boolean left, boolean zero, int width, int precision, int separator) {
  static final int NO_PRECISION = -1;

  static final byte[] LOWER_HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  static final byte[] UPPER_HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** Cuts and pads the text that stands at the end of {@code out}, as printf's {@code %s}. */
  void endText(ByteBuilder out, int start) {
    if (precision != NO_PRECISION && out.length() - start > precision) {
      out.cutTo(start + precision);
    }
    pad(out, start, ' ');
  }

  /** Pads the number that stands at the end of {@code out}; zeros go behind its sign. */
  void endNumber(ByteBuilder out, int start) {
    int missing = width - (out.length() - start);
    if (zero && missing > 0) {
      out.insert(out.at(start) == '-' ? start + 1 : start, '0', missing);
    } else {
      pad(out, start, ' ');
    }
  }

  void number(long number, ByteBuilder out) {
    int start = out.length();
    out.putNumber(number);
    endNumber(out, start);
  }

  /** Writes what stands for a number that the message does not have. */
  void blankNumber(ByteBuilder out) {
    out.fill(padding(), width);
  }

  /** Writes the payload itself, cut as well as padded to the width. */
  void raw(byte[] payload, ByteBuilder out) {
    int start = out.length();
    out.put(payload, cut(payload.length));
    pad(out, start, padding());
  }

  /**
   * Writes the payload in hex: cut to {@code width} bytes, padded to {@code width} digits, and with
   * a separator after every {@code precision} digits, which runs through the padding too.
   */
  void hex(byte[] payload, byte[] alphabet, ByteBuilder out) {
    int digits = 2 * cut(payload.length);
    int missing = Math.max(width - digits, 0);
    int first = left ? 0 : missing;
    int group = precision > 0 ? precision : Integer.MAX_VALUE;
    int room = group;
    for (int i = 0; i < digits + missing; i++) {
      if (room-- == 0) {
        out.put(separator);
        room = group - 1;
      }
      int digit = i - first;
      if (digit < 0 || digit >= digits) {
        out.put(padding());
      } else {
        int b = payload[digit >> 1];
        out.put(alphabet[(digit & 1) == 0 ? b >> 4 & 0xF : b & 0xF]);
      }
    }
  }

  private int cut(int length) {
    return width > 0 ? Math.min(length, width) : length;
  }

  private char padding() {
    return zero ? '0' : ' ';
  }

  /** Pads what stands at the end of {@code out}. */
  void pad(ByteBuilder out, int start, char padding) {
    int missing = width - (out.length() - start);
    if (left) {
      out.fill(padding, missing);
    } else {
      out.insert(start, padding, missing);
    }
  }
}
