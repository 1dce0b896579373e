package dev.midge.format;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.text.Utf8;
import java.time.Clock;
import java.util.Base64;
import java.util.List;

/**
 * {@code --json}: a message as one JSON object of which no byte is lost. What is not UTF-8 is
 * written in base64, under a name that says so.
 */
final class JsonLine implements Segment {
  private static final String IN_BASE64 = "_base64";

  private final Now now;
  private final TimeSpecifiers time;
  private final boolean pretty;

  JsonLine(Clock clock, boolean pretty) {
    this.now = new Now(clock);
    this.time = new TimeSpecifiers(now);
    this.pretty = pretty;
  }

  @Override
  public void write(ReceivedMessage received, ByteBuilder out) {
    now.forget();
    Message message = received.message();
    JsonWriter json = JsonWriter.careful(out, pretty);
    json.beginObject();
    json.key("time");
    json.literal("\"");
    time.internetTime(out);
    out.put('"');
    json.key("topic");
    json.string(message.topic());
    json.key("qos");
    json.number(message.qos().level());
    json.key("retain");
    json.literal(Boolean.toString(message.retain()));
    json.key("dup");
    json.literal(Boolean.toString(received.dup()));
    if (received.packetId() != 0) {
      json.key("packet_id");
      json.number(received.packetId());
    }
    bytes("payload", message.payload(), json);
    properties(message.properties(), json);
    json.endObject();
  }

  /** Writes all of them under their names; those that may be repeated as lists. */
  static void properties(Properties properties, JsonWriter json) {
    List<Properties.Entry> entries = properties.entries();
    if (entries.isEmpty()) {
      return;
    }
    json.key("properties");
    json.beginObject();
    for (int i = 0; i < entries.size(); i++) {
      Property property = entries.get(i).property();
      boolean repeatable = property.repeatable(Property.Place.PUBLISH);
      String name = property.propertyName().replace('-', '_');
      if (!repeatable) {
        value(name, entries.get(i).value(), json);
      } else if (isFirst(entries, i)) {
        list(name, property, entries, json);
      }
    }
    json.endObject();
  }

  private static boolean isFirst(List<Properties.Entry> entries, int index) {
    for (int i = 0; i < index; i++) {
      if (entries.get(i).property() == entries.get(index).property()) {
        return false;
      }
    }
    return true;
  }

  private static void list(
      String name, Property property, List<Properties.Entry> entries, JsonWriter json) {
    json.key(property == Property.USER_PROPERTY ? "user_properties" : name + "s");
    json.beginArray();
    for (Properties.Entry entry : entries) {
      if (entry.property() != property) {
        continue;
      }
      if (entry.value() instanceof Properties.Pair pair) {
        json.beginArray();
        json.string(pair.key());
        json.string(pair.value());
        json.endArray();
      } else {
        json.number((Long) entry.value());
      }
    }
    json.endArray();
  }

  private static void value(String name, Object value, JsonWriter json) {
    if (value instanceof byte[] bytes) {
      bytes(name, bytes, json);
    } else {
      json.key(name);
      if (value instanceof Long number) {
        json.number(number.longValue());
      } else {
        json.string((String) value);
      }
    }
  }

  /** Writes bytes as text, or in base64 under a name that says so. */
  static void bytes(String name, byte[] bytes, JsonWriter json) {
    String text = Utf8.strictly(bytes);
    json.key(text == null ? name + IN_BASE64 : name);
    json.string(text == null ? Base64.getEncoder().encodeToString(bytes) : text);
  }
}
