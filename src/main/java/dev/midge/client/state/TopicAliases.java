package dev.midge.client.state;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds the topic aliases that the broker knows on one connection. The first message with an alias
 * introduces it, the others are sent without a topic. For several threads.
 */
public final class TopicAliases {

  private final Map<Long, String> known = new ConcurrentHashMap<>();

  /** Returns the message without its topic, where the broker knows the alias. */
  public Message shortened(Message message) {
    long alias = message.properties().number(Property.TOPIC_ALIAS, -1);
    return alias >= 0 && message.topic().equals(known.get(alias))
        ? new Message("", message.payload(), message.qos(), message.retain(), message.properties())
        : message;
  }

  /** The message is sent. */
  public void learn(Message message) {
    long alias = message.properties().number(Property.TOPIC_ALIAS, -1);
    if (alias >= 0 && !message.topic().isEmpty()) {
      known.put(alias, message.topic());
    }
  }
}
