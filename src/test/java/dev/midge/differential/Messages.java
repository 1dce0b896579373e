package dev.midge.differential;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages as the tables of cases write them. */
final class Messages {
  private Messages() {}

  static Message live(String topic, String payload) {
    return live(topic, payload, 0);
  }

  static Message live(String topic, String payload, int qos) {
    return Message.of(topic, utf8(payload), Qos.of(qos), false);
  }

  static Message bytes(String topic, byte[] payload) {
    return Message.of(topic, payload, Qos.AT_MOST_ONCE, false);
  }

  static Message retained(String topic, String payload) {
    return Message.of(topic, utf8(payload), Qos.AT_LEAST_ONCE, true);
  }

  /** With every property that a publisher may set. */
  static Message decorated(String topic, String payload, int qos) {
    return live(topic, payload, qos)
        .withProperties(
            Properties.of(
                List.of(
                    new Properties.Entry(Property.CONTENT_TYPE, "text/plain"),
                    new Properties.Entry(Property.USER_PROPERTY, new Properties.Pair("k", "v")),
                    new Properties.Entry(Property.PAYLOAD_FORMAT_INDICATOR, 1L),
                    new Properties.Entry(Property.RESPONSE_TOPIC, "re/ply"),
                    new Properties.Entry(Property.CORRELATION_DATA, utf8("c-1")),
                    new Properties.Entry(
                        Property.USER_PROPERTY, new Properties.Pair("a", "b c")))));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
