package dev.midge.client.io;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows the topic of each PUBLISH of one direction, also of one with an alias alone. Not for
 * several threads.
 */
final class AliasedTopics {
  private final Map<Long, String> aliases = new HashMap<>();

  /** Returns the topic; null for other packets, and for an alias that stands for none. */
  @Nullable String of(Packet packet) {
    if (!(packet instanceof Publish publish)) {
      return null;
    }
    Message message = publish.message();
    long alias = message.properties().number(Property.TOPIC_ALIAS, -1);
    if (message.topic().isEmpty()) {
      return aliases.get(alias);
    }
    if (alias >= 0) {
      aliases.put(alias, message.topic());
    }
    return message.topic();
  }
}
