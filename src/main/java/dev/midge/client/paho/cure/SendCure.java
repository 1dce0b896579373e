package dev.midge.client.paho.cure;

import dev.midge.mqtt.packet.Packet;
import org.jspecify.annotations.Nullable;

/** Puts one defect right in the packets that Paho sends. Called by one thread. */
public interface SendCure {

  /**
   * Returns the packet that is sent in the place of Paho's; null for none.
   *
   * @param original tells what Paho was asked to send
   */
  @Nullable Packet cureSent(Packet packet, Original original);
}
