package dev.midge.mqtt.packet;

/** A type of control packets; the ordinal is its number in a fixed header. */
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

  /** Returns the type in the upper four bits of a packet's first byte. */
  public static PacketType ofFirstByte(int firstByte) {
    return TYPES[firstByte >> 4 & 0x0F];
  }
}
