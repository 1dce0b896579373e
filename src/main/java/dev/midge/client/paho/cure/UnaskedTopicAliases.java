package dev.midge.client.paho.cure;

import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Packet;
import java.util.Queue;

/**
 * Cures that Paho uses topic aliases unasked, and those of the user for other topics, as soon as
 * the broker takes any: it is not shown that the broker does.
 */
public final class UnaskedTopicAliases implements ReceiveCure {

  @Override
  public Packet cureReceived(Packet packet, Queue<Packet> after) {
    return ConnackForPaho.connackWithout(packet, Property.TOPIC_ALIAS_MAXIMUM);
  }
}
