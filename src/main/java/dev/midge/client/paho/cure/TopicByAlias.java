package dev.midge.client.paho.cure;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;

/**
 * Cures that Paho publishes nothing without a topic: where the broker knows the topic by its alias,
 * the topic is left out.
 */
public final class TopicByAlias implements SendCure {

  @Override
  public Packet cureSent(Packet packet, Original original) {
    if (!(packet instanceof Publish publish) || !original.topicKnown()) {
      return packet;
    }
    Message message = publish.message();
    return new Publish(
        new Message("", message.payload(), message.qos(), message.retain(), message.properties()),
        publish.dup(),
        publish.packetId());
  }
}
