package dev.midge.client.paho.cure;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.state.InboundAliases;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import java.util.Queue;

/**
 * Cures that Paho does not resolve the topic aliases of the broker: it is shown the topic in the
 * place of the alias.
 */
public final class BrokerTopicAliases implements ReceiveCure {

  private final InboundAliases aliases;

  /**
   * @param ofConnect the properties of CONNECT, which say how many aliases are allowed
   */
  public BrokerTopicAliases(Properties ofConnect) {
    aliases = new InboundAliases(ofConnect);
  }

  @Override
  public Packet cureReceived(Packet packet, Queue<Packet> after) throws ConnectionFailure {
    if (!(packet instanceof Publish publish)
        || !publish.message().properties().has(Property.TOPIC_ALIAS)) {
      return packet;
    }
    Message message = aliases.resolve(publish).message();
    Properties rest = message.properties().without(Property.TOPIC_ALIAS);
    return new Publish(message.withProperties(rest), publish.dup(), publish.packetId());
  }
}
