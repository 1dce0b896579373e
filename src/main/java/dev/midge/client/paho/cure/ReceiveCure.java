package dev.midge.client.paho.cure;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.packet.Packet;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Puts one defect right in how Paho reads packets of the broker. Called by one thread. */
public interface ReceiveCure {

  /**
   * Returns the packet that Paho reads in the place of the broker's; null for none.
   *
   * @param after takes what Paho is to read behind it
   * @throws ConnectionFailure when the packet ends the connection
   */
  @Nullable Packet cureReceived(Packet packet, Queue<Packet> after) throws ConnectionFailure;
}
