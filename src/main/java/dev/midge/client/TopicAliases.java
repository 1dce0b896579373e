package dev.midge.client;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The topic aliases that the broker has learnt by one connection. The first message introduces an
 * alias, the others are known by it alone. For several threads.
 */
final class TopicAliases {

  private final Map<Long, String> known = new ConcurrentHashMap<>();

  /** The message without its topic, where the broker knows the alias. */
  Message shortened(Message message) {
    long alias = message.properties().number(Property.TOPIC_ALIAS, -1);
    return alias >= 0 && message.topic().equals(known.get(alias))
        ? new Message("", message.payload(), message.qos(), message.retain(), message.properties())
        : message;
  }

  /** The message goes out. */
  void learn(Message message) {
    long alias = message.properties().number(Property.TOPIC_ALIAS, -1);
    if (alias >= 0 && !message.topic().isEmpty()) {
      known.put(alias, message.topic());
    }
  }
}
