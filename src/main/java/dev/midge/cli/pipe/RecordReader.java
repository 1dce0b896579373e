package dev.midge.cli.pipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.midge.cli.parse.RawArguments;
import dev.midge.format.JsonValue;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.text.Utf8;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code --from-json}: reads what {@code sub --json} has written, and what {@code %j} of
 * mosquitto_sub has. Names that it does not know are passed over.
 */
final class RecordReader implements MessageReader {
  private static final byte[] EMPTY = {};

  private final boolean timed;
  private final Consumer<String> warn;
  private boolean warned;

  /**
   * @param timed whether the times are wanted
   * @param warn takes lines about messages that are not whole
   */
  RecordReader(boolean timed, Consumer<String> warn) {
    this.timed = timed;
    this.warn = warn;
  }

  /** The members of one object, as far as they have been read. */
  private static final class Members {
    private @Nullable String topic;
    private byte @Nullable [] payload;
    private Qos qos = Qos.AT_MOST_ONCE;
    private boolean retain;
    private Properties properties = Properties.NONE;
    private @Nullable Instant time;
    private long payloadLength = -1;
    private boolean event;
  }

  @Override
  public @Nullable PipedMessage read(byte[] part, Parts parts) throws IOException {
    String text = Utf8.strictly(part);
    // mosquitto_sub writes the bytes of a payload as they are, whether or not they are UTF-8.
    boolean raw = text == null;
    try (JsonParser json =
        JsonValue.parser(text == null ? RawArguments.decode(part, 0, part.length) : text)) {
      Values values = new Values(json, parts, raw);
      try {
        return message(members(json, values), parts);
      } catch (JsonProcessingException e) {
        throw parts.noMessage(values.line(), "it is no JSON: " + flaw(e));
      }
    }
  }

  /** Returns what is wrong, without the places that Jackson adds. */
  private static String flaw(JsonProcessingException e) {
    if (JsonValue.isTooDeep(e)) {
      return JsonValue.TOO_DEEP;
    }
    String message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    int place = message.indexOf(" (for ");
    return place < 0 ? message : message.substring(0, place);
  }

  private Members members(JsonParser json, Values values) throws IOException {
    Members members = new Members();
    values.begin();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "topic" -> members.topic = values.text(name);
        case "qos" -> members.qos = Qos.of((int) values.number(name, 2));
        case "retain" -> members.retain = values.flag(name);
        case "payload" -> {
          values.once(members.payload == null, "the payload");
          members.payload =
              json.currentToken() == JsonToken.VALUE_NULL ? EMPTY : values.bytes(name);
        }
        case "payload_base64" -> {
          values.once(members.payload == null, "the payload");
          members.payload = values.base64(name);
        }
        case "payloadlen" -> members.payloadLength = values.number(name, Integer.MAX_VALUE);
        case "properties" -> members.properties = new RecordedProperties(json, values).read();
        case "event" -> {
          members.event = true;
          json.skipChildren();
        }
        case "time", "tst" -> {
          if (timed) {
            members.time = values.time(name);
          } else {
            json.skipChildren();
          }
        }
        default -> json.skipChildren();
      }
    }
    values.end();
    return members;
  }

  private @Nullable PipedMessage message(Members members, Parts parts) throws IOException {
    String topic = members.topic;
    byte[] payload = members.payload;
    if (topic == null && members.event) {
      return null; // One of rr --json, such as the latency.
    }
    if (topic == null) {
      throw parts.noMessage(0, "it has no \"topic\"");
    }
    String flaw = TopicCheck.flaw(topic);
    if (flaw != null) {
      throw parts.noMessage(0, "its topic " + flaw);
    }
    if (payload == null) {
      throw parts.noMessage(
          0, "it has neither \"payload\" nor \"payload_base64\"; an empty one is \"\"");
    }
    if (members.payloadLength >= 0 && members.payloadLength != payload.length) {
      warnOfLoss(parts, members.payloadLength, payload.length);
    }
    return new PipedMessage(
        new Message(topic, payload, members.qos, members.retain, members.properties), members.time);
  }

  private void warnOfLoss(Parts parts, long before, int now) {
    if (!warned) {
      warned = true;
      warn.accept(
          "Warning: "
              + parts.place(0)
              + " has "
              + now
              + " of the "
              + before
              + " bytes of its payload: %j cuts it at a NUL byte; sub --json keeps each byte."
              + " Later ones are not told of.");
    }
  }
}
