package dev.midge.client.paho.cure;

import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Packet;
import java.util.Queue;

/**
 * Cures that Paho silently lowers the QoS of a message, or drops its retain flag, where the broker
 * takes no more: it is not shown that. {@link dev.midge.client.state.BrokerLimits} refuses the one
 * and does the other.
 */
public final class SilentlyLoweredQos implements ReceiveCure {

  @Override
  public Packet cureReceived(Packet packet, Queue<Packet> after) {
    return ConnackForPaho.connackWithout(packet, Property.MAXIMUM_QOS, Property.RETAIN_AVAILABLE);
  }
}
