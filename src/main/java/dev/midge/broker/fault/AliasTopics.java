package dev.midge.broker.fault;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers the topic aliases of one direction of a connection, so that moments know topics. */
final class AliasTopics {
  private Map<Integer, String> topics = Collections.emptyMap(); // until there is one

  /** Takes note of a packet; returns its topic, null if it has none or an unknown alias. */
  @Nullable String topic(Packet packet) {
    if (!(packet instanceof Publish publish)) {
      return null;
    }
    Message message = publish.message();
    if (message.properties().isEmpty()) {
      return message.topic();
    }
    int alias = (int) message.properties().number(Property.TOPIC_ALIAS, 0);
    if (alias != 0 && !message.topic().isEmpty()) {
      if (topics.isEmpty()) {
        topics = new HashMap<>();
      }
      topics.put(alias, message.topic());
    }
    return message.topic().isEmpty() ? topics.get(alias) : message.topic();
  }

  /** Returns the packet with its topic in place of an alias, if the alias is known. */
  Packet named(Packet packet) {
    String topic = topic(packet);
    if (topic == null || !(packet instanceof Publish publish)) {
      return packet;
    }
    Message said = publish.message();
    Message named =
        new Message(topic, said.payload(), said.qos(), said.retain(), said.properties());
    return new Publish(named, publish.dup(), publish.packetId());
  }
}
