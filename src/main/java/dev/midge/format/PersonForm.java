package dev.midge.format;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message for a person at a terminal: time if wanted, topic, QoS, whether it was retained, and
 * the payload, of which nothing reaches the terminal that is a command to it.
 */
public final class PersonForm implements Segment {
  private static final String INDENTED = "\n  ";

  private final Palette palette;
  private final EscapedText escaped;
  private final boolean pretty;
  private final boolean oneLine;
  private final @Nullable Now now; // null where no time is shown, as the other
  private final @Nullable TimeSpecifiers time;

  /**
   * @param clock tells the time of day that is shown; null for none
   * @param pretty whether payloads that are JSON objects or arrays are laid out
   * @param oneLine whether a message takes one line, whatever is in it
   */
  PersonForm(Palette palette, @Nullable Clock clock, boolean pretty, boolean oneLine) {
    this.palette = palette;
    this.escaped = new EscapedText(palette);
    this.pretty = pretty;
    this.oneLine = oneLine;
    Now shown = clock == null ? null : new Now(clock);
    this.now = shown;
    this.time = shown == null ? null : new TimeSpecifiers(shown);
  }

  @Override
  public void write(ReceivedMessage received, ByteBuilder out) {
    Message message = received.message();
    if (now != null && time != null) {
      now.forget();
      ByteBuilder piece = new ByteBuilder();
      time.clockTime(piece);
      out.put(
          palette.paint(Palette.Part.TIME, new String(piece.toArray(), StandardCharsets.US_ASCII)));
      out.put(' ');
    }
    escaped.painted(Palette.Part.TOPIC, message.topic(), out);
    out.put(' ');
    out.put(
        palette.paint(
            Palette.Part.FACT, "(q" + message.qos().level() + (message.retain() ? "," : ")")));
    if (message.retain()) {
      out.put(' ');
      out.put(palette.paint(Palette.Part.RETAINED, "retained"));
      out.put(palette.paint(Palette.Part.FACT, ")"));
    }
    payload(message.payload(), out);
  }

  /** Writes the payload, which begins on a line of its own if it has several. */
  private void payload(byte[] payload, ByteBuilder out) {
    if (payload.length == 0) {
      out.put(' ');
      out.put(palette.paint(Palette.Part.FACT, "(empty)"));
      return;
    }
    if (oneLine) {
      out.put(' ');
      escaped.bytes(payload, null, out);
      return;
    }
    String text = pretty ? Utf8.strictly(payload) : null;
    int start = out.length();
    if (text != null) {
      out.put(INDENTED);
      if (JsonLayout.write(text, palette, INDENTED, out)) {
        return;
      }
      out.cutTo(start);
    }
    boolean severalLines = indexOfLineEnd(payload) < payload.length - 1;
    out.put(severalLines ? INDENTED : " ");
    escaped.bytes(withoutLastLineEnd(payload), INDENTED, out);
  }

  private static int indexOfLineEnd(byte[] payload) {
    int at = 0;
    while (at < payload.length && payload[at] != '\n') {
      at++;
    }
    return at;
  }

  private static byte[] withoutLastLineEnd(byte[] payload) {
    int end = payload.length - 1;
    return payload[end] == '\n' ? Arrays.copyOf(payload, end) : payload;
  }
}
