package dev.midge.format;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** {@code %j} and {@code %J}: the whole message as one JSON object. */
final class JsonMessage implements Segment {
  private final boolean payloadIsJson;
  private final boolean pretty;
  private final TimeSpecifiers time;
  private final Consumer<String> complain;

  /**
   * Makes the piece for one of the specifiers.
   *
   * @param payloadIsJson the payload is shown as the JSON value that it is, not as a string
   */
  JsonMessage(
      boolean payloadIsJson, boolean pretty, TimeSpecifiers time, Consumer<String> complain) {
    this.payloadIsJson = payloadIsJson;
    this.pretty = pretty;
    this.time = time;
    this.complain = complain;
  }

  @Override
  public void write(ReceivedMessage received, ByteBuilder out) {
    int start = out.length();
    Message message = received.message();
    JsonWriter json = new JsonWriter(out, pretty);
    json.beginObject();
    json.key("tst");
    json.literal("\"");
    time.timestamp(out);
    out.put('"');
    json.key("topic");
    json.string(message.topic());
    json.key("qos");
    json.number(message.qos().level());
    json.key("retain");
    json.literal(message.retain() ? "true" : "false");
    json.key("payloadlen");
    json.number(message.payload().length);
    if (message.qos() != Qos.AT_MOST_ONCE) {
      json.key("mid");
      json.number(received.packetId());
    }
    properties(message.properties().entries(), json);
    json.key("payload");
    if (payload(message.payload(), json)) {
      json.endObject();
    } else {
      out.cutTo(start);
      complain.accept("Error: Message payload is not valid JSON on topic " + message.topic() + ".");
    }
  }

  private static void properties(List<Properties.Entry> entries, JsonWriter json) {
    if (entries.isEmpty()) {
      return;
    }
    json.key("properties");
    json.beginObject();
    boolean userPropertiesWritten = false;
    for (Properties.Entry entry : entries) {
      if (!(entry.value() instanceof Properties.Pair)) {
        json.key(entry.property().propertyName());
        value(entry.value(), json);
      } else if (!userPropertiesWritten) {
        userPropertiesWritten = true;
        userProperties(entries, json);
      }
    }
    json.endObject();
  }

  /** Writes all of them, in the place of the first. */
  private static void userProperties(List<Properties.Entry> entries, JsonWriter json) {
    json.key("user-properties");
    json.beginArray();
    for (Properties.Entry entry : entries) {
      if (entry.value() instanceof Properties.Pair pair) {
        json.beginObject();
        json.key(pair.key());
        json.string(pair.value());
        json.endObject();
      }
    }
    json.endArray();
  }

  private static void value(Object value, JsonWriter json) {
    if (value instanceof Long number) {
      json.number(number.longValue());
    } else if (value instanceof byte[] bytes) {
      json.string(textOf(bytes));
    } else {
      json.string((String) value);
    }
  }

  /** Returns false for a payload that is no JSON but should be; something may be written then. */
  private boolean payload(byte[] payload, JsonWriter json) {
    if (payload.length == 0) {
      json.literal("null");
      return true;
    }
    if (payloadIsJson) {
      return LenientJson.copy(new String(payload, StandardCharsets.UTF_8), json);
    }
    json.string(textOf(payload));
    return true;
  }

  /** Bytes as text: up to the first NUL, and U+FFFD for what is not UTF-8. */
  private static String textOf(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
