package dev.midge.client.io;

import java.util.concurrent.TimeUnit;

/**
 * Bounds the wait for a DISCONNECT that another thread writes: a broker that takes nothing is not
 * waited for, but a busy machine, on which the thread has not come to its turn, is. Without
 * DISCONNECT the broker would publish the will of a client that ends in order.
 */
public interface DisconnectWait {

  /** Waits so many milliseconds at most; returns whether DISCONNECT was written, or cannot be. */
  boolean isOverAfter(long millis) throws InterruptedException;

  /** Waits until it is over, a write of that writer has been stuck for a second, or five are. */
  static void await(PacketWriter writer, DisconnectWait wait) throws InterruptedException {
    long begin = System.nanoTime();
    while (!wait.isOverAfter(100)
        && !writer.isStuck(1000)
        && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(5)) {
      // DISCONNECT is on its way.
    }
  }
}
