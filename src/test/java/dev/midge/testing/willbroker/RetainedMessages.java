package dev.midge.testing.willbroker;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Topics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The retained message of each topic. Guarded by the lock of {@link BrokerState}. */
final class RetainedMessages {

  /**
   * One of them.
   *
   * @param born when its expiry began to count, by {@link System#nanoTime}
   */
  record Stored(Message message, long born) {}

  private final Map<String, Stored> byTopic = new TreeMap<>();

  void put(Message message, long born) {
    if (message.payload().length == 0) {
      byTopic.remove(message.topic()); // [MQTT-3.3.1-6]
    } else {
      byTopic.put(message.topic(), new Stored(message, born)); // [MQTT-3.3.1-5]
    }
  }

  boolean has(String topic) {
    return byTopic.containsKey(topic);
  }

  List<Stored> matching(String filter) {
    return byTopic.values().stream()
        .filter(stored -> Topics.matches(filter, stored.message().topic()))
        .toList();
  }
}
