package dev.midge.broker.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Buffers for the bytes to be written, lent to the connections that have something to write: an
 * idle connection holds none, and one with little to say holds little. One per loop; broker thread
 * only.
 */
final class BufferPool {
  static final int SMALL = 4 * 1024;
  static final int LARGE = 64 * 1024;

  // Memory outside the heap is dear to make and slow to be given back: so much is made once, and
  // kept. Who needs more gets it on the heap.
  private static final int MOST_SMALL = 1024;
  private static final int MOST_LARGE = 256;

  private final ArrayDeque<ByteBuffer> small = new ArrayDeque<>();
  private final ArrayDeque<ByteBuffer> large = new ArrayDeque<>();
  private int smallMade;
  private int largeMade;

  ByteBuffer takeSmall() {
    ByteBuffer buffer = small.pollLast();
    if (buffer != null) {
      return buffer;
    }
    return smallMade++ < MOST_SMALL ? ByteBuffer.allocateDirect(SMALL) : ByteBuffer.allocate(SMALL);
  }

  ByteBuffer takeLarge() {
    ByteBuffer buffer = large.pollLast();
    if (buffer != null) {
      return buffer;
    }
    return largeMade++ < MOST_LARGE ? ByteBuffer.allocateDirect(LARGE) : ByteBuffer.allocate(LARGE);
  }

  void giveBack(ByteBuffer buffer) {
    if (buffer.isDirect()) {
      (buffer.capacity() == SMALL ? small : large).addLast(buffer.clear());
    }
  }
}
