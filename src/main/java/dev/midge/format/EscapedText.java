package dev.midge.format;

import dev.midge.text.TerminalEscapes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Appends text, or bytes that may be text, with painted escapes in place of the characters of
 * {@link TerminalEscapes} and of bytes that are no UTF-8. Only for the thread that prints.
 */
final class EscapedText {
  private static final int CHARACTERS = 8192;

  private final Palette palette;

  EscapedText(Palette palette) {
    this.palette = palette;
  }

  /**
   * Appends text.
   *
   * @param lineStart what each line end becomes; null to show line ends and tabs as escapes too
   */
  void text(CharSequence text, @Nullable String lineStart, ByteBuilder out) {
    StringBuilder plain = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      int c = Character.codePointAt(text, i);
      i += Character.charCount(c);
      if (c == '\n' && lineStart != null) {
        plain.append(lineStart);
      } else if (c == '\t' && lineStart != null || !TerminalEscapes.isDangerous(c)) {
        plain.appendCodePoint(c);
      } else {
        plain.append(palette.paint(Palette.Part.ESCAPE, TerminalEscapes.escape(c)));
      }
    }
    out.put(plain.toString());
  }

  /** Appends text of one line, painted; an escape in it has its own colour. */
  void painted(Palette.Part part, String text, ByteBuilder out) {
    StringBuilder plain = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (!TerminalEscapes.isDangerous(c)) {
        plain.appendCodePoint(c);
        continue;
      }
      paint(part, plain, out);
      out.put(palette.paint(Palette.Part.ESCAPE, TerminalEscapes.escape(c)));
    }
    paint(part, plain, out);
  }

  private void paint(Palette.Part part, StringBuilder plain, ByteBuilder out) {
    if (!plain.isEmpty()) {
      out.put(palette.paint(part, plain.toString()));
      plain.setLength(0);
    }
  }

  /** Appends bytes as the text that they are, and as escapes where they are none. */
  void bytes(byte[] bytes, @Nullable String lineStart, ByteBuilder out) {
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
        out.put(
            palette.paint(Palette.Part.ESCAPE, "\\x" + TerminalEscapes.hex(from.get() & 0xFF, 2)));
      }
    }
  }
}
