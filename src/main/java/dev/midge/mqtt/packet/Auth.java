package dev.midge.mqtt.packet;

import dev.midge.mqtt.Properties;

/** AUTH, which only MQTT 5 has. */
public record Auth(int reasonCode, Properties properties) implements Packet {
  @Override
  public PacketType type() {
    return PacketType.AUTH;
  }
}
