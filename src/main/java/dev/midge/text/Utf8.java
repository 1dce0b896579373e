package dev.midge.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The characters that an MQTT string may hold, and its length. */
public final class Utf8 {
  private Utf8() {}

  /**
   * Tells whether a string may be sent: no U+0000 [MQTT-1.5.4-2], no lone surrogate [MQTT-1.5.4-1],
   * no control character and no non-character, which MQTT advises against and mosquitto refuses.
   */
  public static boolean isValid(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0xFDD0 && c <= 0xFDEF) || c >= 0xFFFE) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        int codePoint = Character.toCodePoint(c, text.charAt(++i));
        if ((codePoint & 0xFFFE) == 0xFFFE) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns the text of bytes that are UTF-8; null for others. */
  public static @Nullable String strictly(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /**
   * Returns the number of bytes in UTF-8; a lone surrogate counts as the question mark it becomes.
   */
  public static int length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length++;
      } else if (c < 0x800) {
        length += 2;
      } else if (!Character.isSurrogate(c)) {
        length += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        length += 4;
        i++;
      } else {
        length++;
      }
    }
    return length;
  }
}
