package dev.midge.client.paho.cure;

import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Packet;
import java.util.Queue;

/**
 * Cures that Paho limits what it receives to the maximum packet size of the broker, and what it
 * sends to ours: it is shown neither. {@link dev.midge.client.state.BrokerLimits} keeps the limit.
 */
public final class MaximumPacketSize implements ReceiveCure {

  @Override
  public Packet cureReceived(Packet packet, Queue<Packet> after) {
    return ConnackForPaho.connackWithout(packet, Property.MAXIMUM_PACKET_SIZE);
  }
}
