package dev.midge.client.paho.cure;

import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Packet;
import java.util.Queue;

/**
 * Cures that Paho takes a receive maximum of 32768 and more for a negative number, and counts QoS 0
 * messages as if they were acknowledged: it is not shown any. The inflight window of the session
 * keeps the limit.
 */
public final class ReceiveMaximum implements ReceiveCure {

  @Override
  public Packet cureReceived(Packet packet, Queue<Packet> after) {
    return ConnackForPaho.connackWithout(packet, Property.RECEIVE_MAXIMUM);
  }
}
