package dev.midge.mqtt.packet;

/** PINGREQ or PINGRESP. */
public record Ping(PacketType type) implements Packet {
  public static final Ping REQUEST = new Ping(PacketType.PINGREQ);
  public static final Ping RESPONSE = new Ping(PacketType.PINGRESP);
}
