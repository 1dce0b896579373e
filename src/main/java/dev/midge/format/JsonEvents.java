package dev.midge.format;

import dev.midge.mqtt.Properties;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
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
   * @param facts strings, booleans and numbers by their names, in their order
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
    facts.forEach(
        (name, value) -> {
          json.key(name);
          if (value instanceof String text) {
            json.string(text);
          } else {
            json.literal(String.valueOf(value));
          }
        });
    JsonLine.properties(properties, json);
    json.endObject();
    bytes.put('\n');
    bytes.flushTo(out);
    out.flush();
  }
}
