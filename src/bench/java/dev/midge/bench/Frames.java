package dev.midge.bench;

import java.nio.ByteBuffer;

/**
 * Finds packets in bytes by their fixed headers alone. Absolute reads only: the buffer's position
 * stays where the bytes end.
 */
final class Frames {
  private Frames() {}

  /**
   * Where the packet's body begins.
   *
   * @return -1 if the fixed header is not complete
   */
  static int body(ByteBuffer in, int at, int limit) {
    for (int i = at + 1; i < limit; i++) {
      if (in.get(i) >= 0) {
        return i + 1;
      }
    }
    return -1;
  }

  /** Where the packet ends whose fixed header is complete. */
  static int end(ByteBuffer in, int at, int body) {
    int length = 0;
    for (int i = body - 1; i > at; i--) {
      length = length << 7 | in.get(i) & 0x7F;
    }
    return body + length;
  }

  static int type(ByteBuffer in, int at) {
    return in.get(at) >> 4 & 0x0F;
  }

  static int qos(ByteBuffer in, int at) {
    return in.get(at) >> 1 & 3;
  }

  /** The packet identifier of a PUBLISH with a QoS above 0. */
  static int packetIdOfPublish(ByteBuffer in, int body) {
    return in.getShort(body + 2 + in.getShort(body)) & 0xFFFF;
  }

  static int packetId(ByteBuffer in, int body) {
    return in.getShort(body) & 0xFFFF;
  }
}
