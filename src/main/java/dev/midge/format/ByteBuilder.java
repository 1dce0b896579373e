package dev.midge.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of one message in the making; used again for the next. {@link Printer} owns it, on the
 * thread that prints.
 */
public final class ByteBuilder {
  private static final int INITIAL = 512;

  /** A buffer that one huge message has stretched further than this is not kept. */
  private static final int KEPT = 1 << 20;

  private static final int REPLACEMENT = 0xFFFD;

  private byte[] buffer = new byte[INITIAL];
  private int length;

  int length() {
    return length;
  }

  byte at(int index) {
    return buffer[index];
  }

  /** Returns a copy of the bytes. */
  public byte[] toArray() {
    return Arrays.copyOf(buffer, length);
  }

  /** Returns the text whose UTF-8 the bytes are. */
  public String text() {
    return new String(buffer, 0, length, StandardCharsets.UTF_8);
  }

  /** Forgets everything after the first {@code length} bytes. */
  void cutTo(int length) {
    this.length = length;
  }

  void put(int b) {
    if (length == buffer.length) {
      grow(1);
    }
    buffer[length++] = (byte) b;
  }

  void put(byte[] bytes) {
    put(bytes, bytes.length);
  }

  /** Appends the first {@code count} bytes. */
  void put(byte[] bytes, int count) {
    reserve(count);
    System.arraycopy(bytes, 0, buffer, length, count);
    length += count;
  }

  /** Appends the text as UTF-8; a lone surrogate becomes U+FFFD. */
  void put(String text) {
    put(text, 0, text.length());
  }

  /** Appends the characters from {@code from} to before {@code to} as UTF-8. */
  void put(String text, int from, int to) {
    reserve(to - from);
    int i = from;
    while (i < to && text.charAt(i) < 0x80) {
      buffer[length++] = (byte) text.charAt(i++);
    }
    while (i < to) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      putCodePoint(c);
    }
  }

  private void putCodePoint(int codePoint) {
    int c = codePoint >= 0xD800 && codePoint <= 0xDFFF ? REPLACEMENT : codePoint;
    if (c < 0x80) {
      put(c);
      return;
    }
    if (c < 0x800) {
      put(0xC0 | c >> 6);
    } else {
      if (c < 0x10000) {
        put(0xE0 | c >> 12);
      } else {
        put(0xF0 | c >> 18);
        put(0x80 | c >> 12 & 0x3F);
      }
      put(0x80 | c >> 6 & 0x3F);
    }
    put(0x80 | c & 0x3F);
  }

  /** Appends a number in decimal. */
  void putNumber(long number) {
    putNumber(number, 1, '0');
  }

  /**
   * Appends a number in decimal.
   *
   * @param number more than {@link Long#MIN_VALUE}
   * @param width the least number of digits, reached with {@code pad} on the left
   */
  void putNumber(long number, int width, char pad) {
    if (number < 0) {
      put('-');
    }
    long rest = Math.abs(number);
    int digits = 1;
    for (long n = rest; n >= 10; n /= 10) {
      digits++;
    }
    fill(pad, width - digits);
    reserve(digits);
    length += digits;
    for (int at = length; digits > 0; digits--) {
      buffer[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** Appends the same byte several times; no times for a count below 1. */
  void fill(int b, int count) {
    if (count > 0) {
      reserve(count);
      Arrays.fill(buffer, length, length + count, (byte) b);
      length += count;
    }
  }

  /** Puts a number in place of the first four bytes, its highest first. */
  void setLength(int number) {
    for (int i = 0; i < 4; i++) {
      buffer[i] = (byte) (number >> 24 - 8 * i);
    }
  }

  /** Puts the same byte several times in front of what stands at {@code index}. */
  void insert(int index, int b, int count) {
    if (count > 0) {
      reserve(count);
      System.arraycopy(buffer, index, buffer, index + count, length - index);
      Arrays.fill(buffer, index, index + count, (byte) b);
      length += count;
    }
  }

  /** Writes everything at once, and is empty again. */
  void flushTo(OutputStream out) throws IOException {
    int count = length;
    length = 0;
    out.write(buffer, 0, count);
    if (buffer.length > KEPT) {
      buffer = new byte[INITIAL];
    }
  }

  private void reserve(int count) {
    if (buffer.length - length < count) {
      grow(count);
    }
  }

  private void grow(int count) {
    long needed = (long) length + count;
    if (needed > Integer.MAX_VALUE - 8) {
      throw new OutOfMemoryError("A printed message is longer than an array can be");
    }
    long size = Math.min(Math.max(needed, 2L * buffer.length), Integer.MAX_VALUE - 8);
    buffer = Arrays.copyOf(buffer, (int) size);
  }
}
