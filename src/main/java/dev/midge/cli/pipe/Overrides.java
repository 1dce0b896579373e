package dev.midge.cli.pipe;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the command line says of each message, which wins over a recording.
 *
 * @param topic null where each message keeps its own
 * @param qos null likewise
 * @param retain true where all are to be retained
 * @param properties replace those of the same name; user properties are added
 * @param v5 whether there are properties at all
 */
public record Overrides(
    @Nullable String topic, @Nullable Qos qos, boolean retain, Properties properties, boolean v5) {

  /**
   * Returns the message as it is to be sent.
   *
   * @param lossy called where properties are dropped, which MQTT 3 does not have
   */
  Message apply(Message recorded, Consumer<Message> lossy) {
    if (!v5 && !recorded.properties().isEmpty()) {
      lossy.accept(recorded);
    }
    return new Message(
        topic == null ? recorded.topic() : topic,
        recorded.payload(),
        qos == null ? recorded.qos() : qos,
        retain || recorded.retain(),
        v5 ? properties(recorded.properties()) : Properties.NONE);
  }

  private Properties properties(Properties recorded) {
    if (properties.isEmpty()) {
      return recorded;
    }
    Properties kept = recorded;
    for (Properties.Entry entry : properties.entries()) {
      if (entry.property() != Property.USER_PROPERTY) {
        kept = kept.without(entry.property());
      }
    }
    return Properties.builder().addAll(kept).addAll(properties).build();
  }
}
