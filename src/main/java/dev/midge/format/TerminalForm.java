package dev.midge.format;

import dev.midge.text.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parts of a message into a form that the user has given, for a terminal: line ends and
 * tabs are as they are, characters that could command the terminal are escapes. {@link Printer}
 * uses it.
 */
final class TerminalForm {
  private final Palette palette;
  private final EscapedText escaped;
  private final @Nullable String lineEnd;
  private final boolean pretty;
  private final ByteBuilder raw = new ByteBuilder();

  /**
   * @param pretty whether a payload that is JSON and stands by itself is laid out
   * @param oneLine whether line ends and tabs are escapes too
   */
  TerminalForm(Palette palette, boolean pretty, boolean oneLine) {
    this.palette = palette;
    this.pretty = pretty;
    this.escaped = new EscapedText(palette);
    this.lineEnd = oneLine ? null : "\n";
  }

  /** Returns a piece of a template that commands no terminal. */
  Segment safely(Segment segment) {
    return (received, out) -> {
      raw.cutTo(0);
      segment.write(received, raw);
      escaped.bytes(raw.toArray(), lineEnd, out);
    };
  }

  void topic(String topic, ByteBuilder out) {
    escaped.painted(Palette.Part.TOPIC, topic, out);
  }

  void payload(byte[] payload, ByteBuilder out) {
    String text = pretty && lineEnd != null ? Utf8.strictly(payload) : null;
    if (text == null || lineEnd == null || !JsonLayout.write(text, palette, lineEnd, out)) {
      escaped.bytes(payload, lineEnd, out);
    }
  }
}
