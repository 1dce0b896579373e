package dev.midge.cli.parse;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The arguments of the command line with their true bytes. An argument is text where its bytes are
 * UTF-8; a byte that is not stands in it as a lone surrogate, U+DC00 and the byte, which no check
 * of topics and the like lets pass, and which turns into the byte again where bytes are wanted.
 */
public final class RawArguments {
  private static final String OWN_COMMAND_LINE = "/proc/self/cmdline";

  private RawArguments() {}

  /**
   * Returns the arguments of this process as the shell gave them. Java decodes them by the locale,
   * and what the locale does not know is lost: then Linux is asked for the bytes.
   */
  public static String[] ofProcess(String[] decoded) {
    for (String word : decoded) {
      if (!isSurelyRight(word)) {
        return ofProcess(decoded, OWN_COMMAND_LINE);
      }
    }
    return decoded;
  }

  static String[] ofProcess(String[] decoded, String file) {
    byte[] all;
    try (InputStream in = new FileInputStream(file)) {
      all = in.readAllBytes();
    } catch (IOException e) {
      return decoded; // Not Linux.
    }
    String[] words = new String[decoded.length];
    int end = all.length - 1;
    for (int i = words.length - 1; i >= 0; i--) {
      int start = end;
      while (start > 0 && all[start - 1] != 0) {
        start--;
      }
      if (end < 0) {
        return decoded;
      }
      words[i] = decode(all, start, end);
      if (isSurelyRight(decoded[i]) && !decoded[i].equals(words[i])) {
        return decoded; // Something else than our arguments.
      }
      end = start - 1;
    }
    return words;
  }

  /**
   * Tells whether a word is plain ASCII; a question mark may be a byte that the C locale has no
   * letter for.
   */
  private static boolean isSurelyRight(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) >= 0x80 || word.charAt(i) == '?') {
        return false;
      }
    }
    return true;
  }

  /** Returns text for bytes, as this class says. */
  public static String decode(byte[] bytes, int from, int to) {
    StringBuilder word = new StringBuilder(to - from);
    int i = from;
    while (i < to) {
      int length = sequence(bytes, i, to);
      if (length == 0) {
        word.append((char) (0xDC00 | bytes[i++] & 0xFF));
      } else {
        word.append(new String(bytes, i, length, StandardCharsets.UTF_8));
        i += length;
      }
    }
    return word.toString();
  }

  /** Returns the length of the well-formed UTF-8 sequence that starts there, or 0. */
  private static int sequence(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[at + 1] & 0xFF;
    boolean malformed =
        first == 0xE0 && second < 0xA0 // longer than need be
            || first == 0xED && second > 0x9F // surrogates
            || first == 0xF0 && second < 0x90
            || first == 0xF4 && second > 0x8F; // beyond U+10FFFF
    return malformed ? 0 : length;
  }

  /** Returns the bytes of an argument. */
  public static byte[] bytes(String word) {
    byte[] plain = null;
    for (int i = 0; i < word.length() && plain == null; i++) {
      if (isByte(word, i)) {
        plain = withBytes(word);
      }
    }
    return plain == null ? word.getBytes(StandardCharsets.UTF_8) : plain;
  }

  private static byte[] withBytes(String word) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(word.length());
    int from = 0;
    for (int i = 0; i < word.length(); i++) {
      if (isByte(word, i)) {
        bytes.writeBytes(word.substring(from, i).getBytes(StandardCharsets.UTF_8));
        bytes.write(word.charAt(i));
        from = i + 1;
      }
    }
    bytes.writeBytes(word.substring(from).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private static boolean isByte(String word, int at) {
    char c = word.charAt(at);
    return c >= 0xDC80
        && c <= 0xDCFF
        && (at == 0 || !Character.isHighSurrogate(word.charAt(at - 1)));
  }
}
