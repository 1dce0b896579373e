package dev.midge.broker.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Buffers for bytes to be written. Connections hold them only while they have packets to write. One
 * pool per loop; broker thread only.
 */
final class BufferPool {
  static final int SMALL = 4 * 1024;
  static final int LARGE = 64 * 1024;

  // Direct buffers are slow to allocate and to free: so many are kept. Further ones are on the
  // heap,
  // and not kept.
  private static final int MAX_SMALL = 1024;
  private static final int MAX_LARGE = 256;

  private final ArrayDeque<ByteBuffer> small = new ArrayDeque<>();
  private final ArrayDeque<ByteBuffer> large = new ArrayDeque<>();
  private int smallMade;
  private int largeMade;

  ByteBuffer takeSmall() {
    ByteBuffer buffer = small.pollLast();
    if (buffer != null) {
      return buffer;
    }
    return smallMade++ < MAX_SMALL ? ByteBuffer.allocateDirect(SMALL) : ByteBuffer.allocate(SMALL);
  }

  ByteBuffer takeLarge() {
    ByteBuffer buffer = large.pollLast();
    if (buffer != null) {
      return buffer;
    }
    return largeMade++ < MAX_LARGE ? ByteBuffer.allocateDirect(LARGE) : ByteBuffer.allocate(LARGE);
  }

  void giveBack(ByteBuffer buffer) {
    if (buffer.isDirect()) {
      (buffer.capacity() == SMALL ? small : large).addLast(buffer.clear());
    }
  }
}
