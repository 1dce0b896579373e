package dev.midge.cli.pipe;

import dev.midge.cli.parse.RawArguments;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.text.Utf8;
import java.io.IOException;
import java.util.Arrays;

/** {@code --topic-from-line}: the topic stands before the first separator, the payload behind. */
final class TopicLineReader implements MessageReader {
  private final String shown;
  private final byte[] separator;

  /**
   * @param separator with its true bytes, as {@link RawArguments} says; not empty
   */
  TopicLineReader(String separator) {
    this.shown = separator;
    this.separator = RawArguments.bytes(separator.equals("\\t") ? "\t" : separator);
  }

  @Override
  public PipedMessage read(byte[] line, Parts parts) throws IOException {
    int end = indexOfSeparator(line);
    if (end < 0) {
      throw parts.noMessage(
          0, "there is no '" + shown + "' (--topic-from-line) between a topic and a payload");
    }
    String topic = Utf8.strictly(Arrays.copyOf(line, end));
    String flaw = TopicCheck.flaw(topic);
    if (topic == null || flaw != null) {
      throw parts.noMessage(0, "its topic " + flaw);
    }
    byte[] payload = Arrays.copyOfRange(line, end + separator.length, line.length);
    return new PipedMessage(Message.of(topic, payload, Qos.AT_MOST_ONCE, false), null);
  }

  private int indexOfSeparator(byte[] line) {
    for (int i = 0; i <= line.length - separator.length; i++) {
      if (Arrays.equals(line, i, i + separator.length, separator, 0, separator.length)) {
        return i;
      }
    }
    return -1;
  }
}
