package dev.midge.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Text that can do nothing to a terminal: what is a command to it, turns the direction of writing,
 * or is no UTF-8, is shown as an escape. {@link Screen} uses it, on the thread that prints, and
 * whoever shows a broker's words.
 */
public final class Visible {
  private static final int CHARACTERS = 8192;

  private final Palette palette;

  Visible(Palette palette) {
    this.palette = palette;
  }

  /** The text of bytes that are UTF-8; null for others. */
  static String strictly(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Text without colours, as one line. */
  public static String escaped(String text) {
    StringBuilder plain = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i); // None of the dangerous needs two.
      if (isDangerous(c)) {
        plain = plain == null ? new StringBuilder(text.substring(0, i)) : plain;
        plain.append(escape(c));
      } else if (plain != null) {
        plain.append(c);
      }
    }
    return plain == null ? text : plain.toString();
  }

  /** Whether a character is better not sent to a terminal. Line ends and tabs are such too. */
  static boolean isDangerous(int c) {
    return c < 0x20
        || c >= 0x7F && c <= 0x9F
        || c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || c >= 0x2028 && c <= 0x202E
        || c >= 0x2066 && c <= 0x2069;
  }

  /**
   * Appends text.
   *
   * @param lineStart what each line end becomes; null to show line ends and tabs as escapes too
   */
  void text(CharSequence text, String lineStart, Bytes out) {
    StringBuilder plain = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      int c = Character.codePointAt(text, i);
      i += Character.charCount(c);
      if (c == '\n' && lineStart != null) {
        plain.append(lineStart);
      } else if (c == '\t' && lineStart != null || !isDangerous(c)) {
        plain.appendCodePoint(c);
      } else {
        plain.append(palette.paint(Palette.Part.ESCAPE, escape(c)));
      }
    }
    out.put(plain.toString());
  }

  /** Appends text of one line, painted; an escape in it has its own colour. */
  void painted(Palette.Part part, String text, Bytes out) {
    StringBuilder plain = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (!isDangerous(c)) {
        plain.appendCodePoint(c);
        continue;
      }
      paint(part, plain, out);
      out.put(palette.paint(Palette.Part.ESCAPE, escape(c)));
    }
    paint(part, plain, out);
  }

  private void paint(Palette.Part part, StringBuilder plain, Bytes out) {
    if (!plain.isEmpty()) {
      out.put(palette.paint(part, plain.toString()));
      plain.setLength(0);
    }
  }

  /** Appends bytes as the text that they are, and as escapes where they are none. */
  void bytes(byte[] bytes, String lineStart, Bytes out) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer from = ByteBuffer.wrap(bytes);
    CharBuffer to = CharBuffer.allocate(CHARACTERS);
    while (true) {
      CoderResult result = decoder.decode(from, to, true);
      text(to.flip(), lineStart, out);
      to.clear();
      if (result.isUnderflow()) {
        return;
      }
      for (int i = 0; result.isError() && i < result.length(); i++) {
        out.put(palette.paint(Palette.Part.ESCAPE, "\\x" + hex(from.get() & 0xFF, 2)));
      }
    }
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> c < 0x80 ? "\\x" + hex(c, 2) : "\\u" + hex(c, 4);
    };
  }

  /** Hex digits, padded with zeros. */
  static String hex(int number, int digits) {
    String hex = Integer.toHexString(number);
    return "0".repeat(Math.max(digits - hex.length(), 0)) + hex;
  }
}
