package dev.midge.client.state;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Publish;
import java.util.HashMap;
import java.util.Map;

/** Holds the topic aliases that the broker has set on one connection. Not for several threads. */
public final class InboundAliases {

  private final int maximum;
  private final Map<Integer, String> topics = new HashMap<>();

  /**
   * @param ofConnect the properties of CONNECT, which say how many aliases are allowed
   */
  public InboundAliases(Properties ofConnect) {
    maximum = (int) ofConnect.number(Property.TOPIC_ALIAS_MAXIMUM, 0);
  }

  /**
   * Returns the packet with its topic, in MQTT 3 as it is.
   *
   * @throws ConnectionFailure when the alias was not allowed, or stands for no topic
   */
  public Publish resolve(Publish publish) throws ConnectionFailure {
    Message message = publish.message();
    int alias = (int) message.properties().number(Property.TOPIC_ALIAS, -1);
    if (alias < 0) {
      return publish;
    }
    if (alias == 0 || alias > maximum) { // [MQTT-3.3.2-10]
      throw new ConnectionFailure(
          ConnectionFailure.Kind.PROTOCOL, null, ReasonCode.TOPIC_ALIAS_INVALID, null);
    }
    if (!message.topic().isEmpty()) {
      topics.put(alias, message.topic());
      return publish;
    }
    String topic = topics.get(alias);
    if (topic == null) {
      throw ConnectionFailures.protocol();
    }
    return new Publish(
        new Message(
            topic, message.payload(), message.qos(), message.retain(), message.properties()),
        publish.dup(),
        publish.packetId());
  }
}
