package dev.midge.mqtt.packet;

/** The control packet types; the ordinal is the number on the wire. */
public enum PacketType {
  RESERVED,
  CONNECT,
  CONNACK,
  PUBLISH,
  PUBACK,
  PUBREC,
  PUBREL,
  PUBCOMP,
  SUBSCRIBE,
  SUBACK,
  UNSUBSCRIBE,
  UNSUBACK,
  PINGREQ,
  PINGRESP,
  DISCONNECT,
  AUTH;

  private static final PacketType[] TYPES = values();

  /** The type in the upper four bits of a packet's first byte. */
  public static PacketType ofFirstByte(int firstByte) {
    return TYPES[firstByte >> 4 & 0x0F];
  }
}
