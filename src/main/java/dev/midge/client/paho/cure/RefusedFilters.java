package dev.midge.client.paho.cure;

import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Packet;
import java.util.Queue;

/**
 * Cures that Paho refuses subscriptions with an IllegalArgumentException, or takes wildcards and
 * shares for letters, where the broker lacks them: it is not shown that. SUBACK tells.
 */
public final class RefusedFilters implements ReceiveCure {

  @Override
  public Packet cureReceived(Packet packet, Queue<Packet> after) {
    return ConnackForPaho.connackWithout(
        packet,
        Property.WILDCARD_SUBSCRIPTION_AVAILABLE,
        Property.SUBSCRIPTION_IDENTIFIER_AVAILABLE,
        Property.SHARED_SUBSCRIPTION_AVAILABLE);
  }
}
