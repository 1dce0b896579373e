package dev.midge.mqtt.packet;

import dev.midge.mqtt.Properties;

/**
 * DISCONNECT.
 *
 * @param reasonCode 0 in MQTT 3
 */
public record Disconnect(int reasonCode, Properties properties) implements Packet {
  /** The one that makes the broker delete the will. */
  public static final Disconnect NORMAL = new Disconnect(0, Properties.NONE);

  @Override
  public PacketType type() {
    return PacketType.DISCONNECT;
  }
}
