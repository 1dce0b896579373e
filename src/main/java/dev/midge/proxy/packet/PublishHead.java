package dev.midge.proxy.packet;

/** Finds the payload of a PUBLISH that has not come whole. */
final class PublishHead {
  /** More bytes are needed. */
  static final int UNKNOWN = -1;

  private static final int QOS = 0x06;

  private PublishHead() {}

  /**
   * Returns how many bytes of the body stand before the payload; {@link #UNKNOWN} while they have
   * not all come. A property length that is malformed counts as if the payload followed it.
   *
   * @param from where the body begins
   */
  static int size(PacketHeader header, byte[] bytes, int from, int to, boolean properties) {
    if (to - from < 2) {
      return UNKNOWN;
    }
    int size = 2 + ((bytes[from] & 0xFF) << 8 | bytes[from + 1] & 0xFF);
    size += (header.flags() & QOS) == 0 ? 0 : 2;
    if (properties) {
      int length = 0;
      int shift = 0;
      int next;
      do {
        if (from + size >= to) {
          return UNKNOWN;
        }
        next = bytes[from + size++];
        length |= (next & 0x7F) << shift;
        shift += 7;
      } while (next < 0 && shift < 28);
      size += length;
    }
    return size <= to - from && size <= header.remainingLength() ? size : UNKNOWN;
  }
}
