package dev.midge.format;

import org.jspecify.annotations.Nullable;

/**
 * What a message brings into the form that the user has given, where a terminal gets it: line ends
 * and tabs are as they are, what could command the terminal is an escape. {@link Printer} uses it.
 */
final class TerminalForm {
  private final Palette palette;
  private final EscapedText visible;
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
    this.visible = new EscapedText(palette);
    this.lineEnd = oneLine ? null : "\n";
  }

  /** A piece of a template, without what it must not say. */
  Segment safely(Segment segment) {
    return (received, out) -> {
      raw.cutTo(0);
      segment.write(received, raw);
      visible.bytes(raw.toArray(), lineEnd, out);
    };
  }

  void topic(String topic, ByteBuilder out) {
    visible.painted(Palette.Part.TOPIC, topic, out);
  }

  void payload(byte[] payload, ByteBuilder out) {
    String text = pretty && lineEnd != null ? EscapedText.strictly(payload) : null;
    if (text == null || lineEnd == null || !JsonLayout.write(text, palette, lineEnd, out)) {
      visible.bytes(payload, lineEnd, out);
    }
  }
}
