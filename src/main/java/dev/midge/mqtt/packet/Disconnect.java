package dev.midge.mqtt.packet;

import dev.midge.mqtt.Properties;

/**
 * DISCONNECT.
 *
 * @param reasonCode 0 in MQTT 3
 */
public record Disconnect(int reasonCode, Properties properties) implements Packet {
  /** The end that makes the broker throw the will away. */
  public static final Disconnect NORMAL = new Disconnect(0, Properties.NONE);

  @Override
  public PacketType type() {
    return PacketType.DISCONNECT;
  }
}
