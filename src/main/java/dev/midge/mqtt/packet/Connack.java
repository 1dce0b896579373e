package dev.midge.mqtt.packet;

import dev.midge.mqtt.Properties;

/**
 * CONNACK.
 *
 * @param reasonCode of the version in use: a return code of 0 to 5 in MQTT 3
 */
public record Connack(boolean sessionPresent, int reasonCode, Properties properties)
    implements Packet {
  @Override
  public PacketType type() {
    return PacketType.CONNACK;
  }
}
