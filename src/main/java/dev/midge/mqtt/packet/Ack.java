package dev.midge.mqtt.packet;

import dev.midge.mqtt.Properties;

/**
 * PUBACK, PUBREC, PUBREL or PUBCOMP, which differ in nothing but their type.
 *
 * @param packetId 1 to 65535
 * @param reasonCode 0 in MQTT 3
 */
public record Ack(PacketType type, int packetId, int reasonCode, Properties properties)
    implements Packet {

  public static Ack of(PacketType type, int packetId) {
    return new Ack(type, packetId, 0, Properties.NONE);
  }

  public static Ack of(PacketType type, int packetId, int reasonCode) {
    return new Ack(type, packetId, reasonCode, Properties.NONE);
  }
}
