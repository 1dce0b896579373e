package dev.midge.broker.core.delivery;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * The topic aliases that the broker uses towards one connection: one for each new topic, until
 * there are no more [MQTT-3.1.2-26].
 */
final class OutgoingAliases {
  private final int maximum;
  private Map<String, Integer> aliases = Collections.emptyMap(); // until there is one

  OutgoingAliases(int maximum) {
    this.maximum = maximum;
  }

  boolean areUsed() {
    return maximum > 0;
  }

  /** Returns the alias that the client knows for the topic; 0 if it knows none. */
  int known(String topic) {
    return aliases.getOrDefault(topic, 0);
  }

  /** Returns the alias for a new topic; 0 if there are no more. */
  int free() {
    return aliases.size() < maximum ? aliases.size() + 1 : 0;
  }

  void add(String topic, int alias) {
    if (aliases.isEmpty()) {
      aliases = new HashMap<>();
    }
    aliases.put(topic, alias);
  }
}
