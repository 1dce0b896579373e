package dev.midge.mqtt.packet;

import dev.midge.mqtt.Message;

/**
 * PUBLISH.
 *
 * @param message its topic may be empty where a topic alias stands for it
 * @param packetId 1 to 65535; 0 for QoS 0
 */
public record Publish(Message message, boolean dup, int packetId) implements Packet {
  @Override
  public PacketType type() {
    return PacketType.PUBLISH;
  }
}
