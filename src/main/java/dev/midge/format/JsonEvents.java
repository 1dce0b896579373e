package dev.midge.format;

import dev.midge.mqtt.Properties;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Writes the events of a client as JSON, one object a line, for {@code conn --json} and {@code rr
 * --json}. For several threads.
 */
public final class JsonEvents {
  private final OutputStream out;
  private final Clock clock;

  public JsonEvents(OutputStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  /**
   * Writes one line.
   *
   * @param facts strings, booleans, numbers, bytes, lists and maps of them by their names, in their
   *     order
   * @param properties of the packet that was the event
   */
  public synchronized void write(String event, Map<String, Object> facts, Properties properties)
      throws IOException {
    ByteBuilder bytes = new ByteBuilder();
    JsonWriter json = JsonWriter.careful(bytes, false);
    json.beginObject();
    json.key("time");
    json.literal("\"");
    new TimeSpecifiers(new Now(clock)).internetTime(bytes);
    bytes.put('"');
    json.key("event");
    json.string(event);
    facts.forEach((name, value) -> member(name, value, json));
    JsonLine.properties(properties, json);
    json.endObject();
    bytes.put('\n');
    bytes.flushTo(out);
    out.flush();
  }

  private static void member(String name, Object value, JsonWriter json) {
    if (value instanceof byte[] bytes) {
      JsonLine.bytes(name, bytes, json);
    } else {
      json.key(name);
      value(value, json);
    }
  }

  private static void value(Object value, JsonWriter json) {
    if (value instanceof String text) {
      json.string(text);
    } else if (value instanceof List<?> list) {
      json.beginArray();
      list.forEach(each -> value(each, json));
      json.endArray();
    } else if (value instanceof Map<?, ?> map) {
      json.beginObject();
      map.forEach((name, each) -> member(String.valueOf(name), each, json));
      json.endObject();
    } else {
      json.literal(String.valueOf(value));
    }
  }
}
