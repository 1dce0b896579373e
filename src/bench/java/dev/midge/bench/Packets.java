package dev.midge.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The few packets of MQTT 3.1.1 that the driver sends, made before the clock runs. Written by hand:
 * the driver shares no code with the broker that it measures.
 */
final class Packets {
  static final int PUBLISH = 3;
  static final int PUBACK = 4;
  static final int PUBREC = 5;
  static final int PUBREL = 6;
  static final int PUBCOMP = 7;
  static final int PINGRESP = 13;

  private static final byte[] PROTOCOL = {0, 4, 'M', 'Q', 'T', 'T', 4};
  private static final int CLEAN_SESSION = 2;

  private Packets() {}

  /** A clean session, and no keep alive: an idle connection is to be idle. */
  static ByteBuffer connect(String clientId) {
    byte[] id = clientId.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer packet = begin(0x10, PROTOCOL.length + 3 + 2 + id.length);
    packet.put(PROTOCOL).put((byte) CLEAN_SESSION).putShort((short) 0);
    return string(packet, id).flip();
  }

  static ByteBuffer subscribe(int packetId, int qos, String... filters) {
    ByteBuffer packet = begin(0x82, 2 + length(filters) + filters.length);
    packet.putShort((short) packetId);
    for (String filter : filters) {
      string(packet, filter.getBytes(StandardCharsets.US_ASCII)).put((byte) qos);
    }
    return packet.flip();
  }

  static ByteBuffer unsubscribe(int packetId, String... filters) {
    ByteBuffer packet = begin(0xA2, 2 + length(filters)).putShort((short) packetId);
    for (String filter : filters) {
      string(packet, filter.getBytes(StandardCharsets.US_ASCII));
    }
    return packet.flip();
  }

  private static int length(String... filters) {
    int length = 0;
    for (String filter : filters) {
      length += 2 + filter.length();
    }
    return length;
  }

  /**
   * @param payload bytes, all {@code x}
   */
  static byte[] publish(String topic, int qos, boolean retain, int payload) {
    byte[] name = topic.getBytes(StandardCharsets.US_ASCII);
    int idBytes = qos == 0 ? 0 : 2;
    int first = 0x30 | qos << 1 | (retain ? 1 : 0);
    ByteBuffer packet = string(begin(first, 2 + name.length + idBytes + payload), name);
    packet.position(packet.position() + idBytes);
    while (packet.hasRemaining()) {
      packet.put((byte) 'x');
    }
    return packet.array();
  }

  static ByteBuffer ping() {
    return ByteBuffer.wrap(new byte[] {(byte) 0xC0, 0});
  }

  static void ack(ByteBuffer out, int type, int packetId) {
    int flags = type == PUBREL ? 2 : 0;
    out.put((byte) (type << 4 | flags)).put((byte) 2).putShort((short) packetId);
  }

  private static ByteBuffer begin(int firstByte, int remainingLength) {
    int lengthBytes = remainingLength < 128 ? 1 : remainingLength < 16_384 ? 2 : 3;
    ByteBuffer packet = ByteBuffer.allocate(1 + lengthBytes + remainingLength);
    packet.put((byte) firstByte);
    int left = remainingLength;
    while (left > 0x7F) {
      packet.put((byte) (left | 0x80));
      left >>>= 7;
    }
    return packet.put((byte) left);
  }

  private static ByteBuffer string(ByteBuffer packet, byte[] text) {
    return packet.putShort((short) text.length).put(text);
  }
}
