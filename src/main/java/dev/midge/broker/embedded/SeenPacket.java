package dev.midge.broker.embedded;

import dev.midge.mqtt.packet.Packet;

/**
 * A control packet that passed between a client and the broker.
 *
 * @param fromClient true for one that the client has sent
 */
public record SeenPacket(String clientId, boolean fromClient, Packet packet) {

  /** Returns the type and the direction, for instance {@code PUBLISH from dev-1}. */
  @Override
  public String toString() {
    return packet.type() + (fromClient ? " from " : " to ") + FailureText.text(clientId);
  }
}
