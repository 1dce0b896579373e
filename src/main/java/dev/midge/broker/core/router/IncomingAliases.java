package dev.midge.broker.core.router;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Publish;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** The topic aliases that a client uses in one connection [MQTT-3.3.2-7]. */
final class IncomingAliases {
  private final int maximum;
  private Map<Integer, String> topics = Collections.emptyMap(); // until there is one

  IncomingAliases(int maximum) {
    this.maximum = maximum;
  }

  /** Returns the packet with its topic in place of an alias. */
  Publish withTopic(Publish packet) throws ProtocolViolation {
    Message message = packet.message();
    int alias =
        message.properties().isEmpty()
            ? 0
            : (int) message.properties().number(Property.TOPIC_ALIAS, 0);
    if (alias == 0) {
      return packet;
    }
    if (alias > maximum) {
      throw new ProtocolViolation(ReasonCode.TOPIC_ALIAS_INVALID, "topic alias above the maximum");
    }
    if (!message.topic().isEmpty()) {
      if (topics.isEmpty()) {
        topics = new HashMap<>();
      }
      topics.put(alias, message.topic());
      return packet;
    }
    String topic = topics.get(alias);
    if (topic == null) {
      throw new ProtocolViolation(ReasonCode.PROTOCOL_ERROR, "unknown topic alias");
    }
    Message named =
        new Message(
            topic, message.payload(), message.qos(), message.retain(), message.properties());
    return new Publish(named, packet.dup(), packet.packetId());
  }
}
