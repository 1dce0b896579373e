package dev.midge.format;

import dev.midge.mqtt.ReceivedMessage;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A compiled template of {@code -F}; {@link Printer} uses it, on the thread that prints. */
final class Format implements Segment {
  private final Segment[] segments;
  private final Now now;

  private Format(List<Segment> segments, Now now) {
    this.segments = segments.toArray(new Segment[0]);
    this.now = now;
  }

  /**
   * Compiles a template, which is also its check.
   *
   * @param clock null where nothing is printed, only checked
   * @param wrapped what becomes of a piece that says something of the message
   * @throws FormatException if it ends within a sequence or has an unknown one
   */
  static Format parse(
      String template,
      boolean pretty,
      @Nullable Clock clock,
      Consumer<String> complain,
      UnaryOperator<Segment> wrapped)
      throws FormatException {
    Now now = new Now(clock);
    TimeSpecifiers time = new TimeSpecifiers(now);
    MessageSpecifiers specifiers = new MessageSpecifiers(time, pretty, complain);
    return new Format(new FormatParser(template, specifiers, time, wrapped).parse(), now);
  }

  @Override
  public void write(ReceivedMessage received, ByteBuilder out) {
    now.forget();
    for (Segment segment : segments) {
      segment.write(received, out);
    }
  }
}
