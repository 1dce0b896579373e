package dev.midge.mqtt.codec;

import dev.midge.text.Utf8;
import java.nio.ByteBuffer;

/** The data types of MQTT (5.0, 1.5), put into a buffer, with their sizes in bytes. Stateless. */
final class FieldWriter {
  private static final int MAX_VARIABLE_BYTE_INTEGER = 268_435_455;
  private static final int MAX_LENGTH = 65_535;

  private FieldWriter() {}

  static int sizeOfVariableByteInteger(long value) {
    if (value < 0 || value > MAX_VARIABLE_BYTE_INTEGER) {
      throw new IllegalArgumentException("no variable byte integer can hold " + value);
    }
    return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;
  }

  static void variableByteInteger(ByteBuffer into, int value) {
    int rest = value;
    while (rest >= 0x80) {
      into.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    into.put((byte) rest);
  }

  static void twoBytes(ByteBuffer into, int value) {
    into.put((byte) (value >> 8));
    into.put((byte) value);
  }

  static void fourBytes(ByteBuffer into, long value) {
    twoBytes(into, (int) (value >> 16));
    twoBytes(into, (int) value);
  }

  static int sizeOfBinary(byte[] bytes) {
    return 2 + checkedLength(bytes.length);
  }

  static void binary(ByteBuffer into, byte[] bytes) {
    twoBytes(into, bytes.length);
    into.put(bytes);
  }

  static int sizeOfString(String text) {
    return 2 + checkedLength(Utf8.length(text));
  }

  /** Writes the characters first and their length afterwards, so as to walk the text once. */
  static void string(ByteBuffer into, String text) {
    int start = into.position();
    int characters = text.length();
    int i = 0;
    for (char c; i < characters && (c = text.charAt(i)) < 0x80; i++) {
      into.put(start + 2 + i, (byte) c);
    }
    into.position(start + 2 + i);
    for (; i < characters; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        into.put((byte) c);
      } else {
        i = notAscii(into, text, i);
      }
    }
    int length = into.position() - start - 2;
    into.put(start, (byte) (length >> 8));
    into.put(start + 1, (byte) length);
  }

  /** Writes one character; returns the index of its last char in the text. */
  private static int notAscii(ByteBuffer into, String text, int i) {
    char c = text.charAt(i);
    if (c < 0x800) {
      into.put((byte) (0xC0 | c >> 6));
      into.put((byte) (0x80 | c & 0x3F));
      return i;
    }
    if (!Character.isSurrogate(c)) {
      into.put((byte) (0xE0 | c >> 12));
      into.put((byte) (0x80 | c >> 6 & 0x3F));
      into.put((byte) (0x80 | c & 0x3F));
      return i;
    }
    int codePoint = text.codePointAt(i);
    if (codePoint == c) {
      into.put((byte) '?'); // a lone surrogate has no bytes [MQTT-1.5.4-1]
      return i;
    }
    into.put((byte) (0xF0 | codePoint >> 18));
    into.put((byte) (0x80 | codePoint >> 12 & 0x3F));
    into.put((byte) (0x80 | codePoint >> 6 & 0x3F));
    into.put((byte) (0x80 | codePoint & 0x3F));
    return i + 1;
  }

  private static int checkedLength(int length) {
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(length + " bytes, where MQTT has room for " + MAX_LENGTH);
    }
    return length;
  }
}
