package dev.midge.proxy.capture;

import java.nio.ByteBuffer;

/** Makes IPv4 packets with a TCP segment in them, their checksums right. */
final class TcpSegment {
  static final int FIN = 0x01;
  static final int SYN = 0x02;
  static final int RST = 0x04;
  static final int PSH = 0x08;
  static final int ACK = 0x10;

  /** The bytes of both headers, without options. */
  static final int HEADERS = 40;

  private static final int IP_HEADER = 20;
  private static final int TCP = 6;
  private static final int TIME_TO_LIVE = 64;
  private static final int WINDOW = 65535;

  private TcpSegment() {}

  /**
   * Returns the packet.
   *
   * @param from IPv4 address and port
   * @param sequence of the first byte
   * @param acknowledged the next byte that is awaited
   */
  static byte[] of(
      Peer from,
      Peer to,
      int sequence,
      int acknowledged,
      int flags,
      byte[] bytes,
      int offset,
      int length) {
    ByteBuffer packet = ByteBuffer.allocate(HEADERS + length);
    packet.put((byte) 0x45).put((byte) 0).putShort((short) (HEADERS + length));
    packet.putShort((short) 0).putShort((short) 0x4000); // not to be cut into fragments
    packet.put((byte) TIME_TO_LIVE).put((byte) TCP).putShort((short) 0);
    packet.put(from.address()).put(to.address());
    packet.putShort(10, (short) sum(0, packet, 0, IP_HEADER));
    packet.putShort((short) from.port()).putShort((short) to.port());
    packet.putInt(sequence).putInt((flags & ACK) == 0 ? 0 : acknowledged);
    packet.put((byte) 0x50).put((byte) flags).putShort((short) WINDOW).putInt(0);
    packet.put(bytes, offset, length);
    // RFC 9293 3.1: both addresses, the protocol and the length are summed up too.
    long pseudo = TCP + (HEADERS - IP_HEADER + length);
    for (int i = 12; i < IP_HEADER; i += 2) {
      pseudo += packet.getShort(i) & 0xFFFF;
    }
    packet.putShort(36, (short) sum(pseudo, packet, IP_HEADER, HEADERS + length));
    return packet.array();
  }

  /** RFC 1071: the complement of the sum of all pairs of bytes. */
  private static int sum(long start, ByteBuffer bytes, int from, int to) {
    long sum = start;
    for (int i = from; i < to; i += 2) {
      sum += (bytes.get(i) & 0xFF) << 8 | (i + 1 < to ? bytes.get(i + 1) & 0xFF : 0);
    }
    while (sum > 0xFFFF) {
      sum = (sum & 0xFFFF) + (sum >> 16);
    }
    return (int) ~sum & 0xFFFF;
  }

  /**
   * An end of a connection.
   *
   * @param address of IPv4
   */
  record Peer(byte[] address, int port) {}
}
