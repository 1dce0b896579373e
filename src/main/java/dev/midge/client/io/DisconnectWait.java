package dev.midge.client.io;

import java.util.concurrent.TimeUnit;

/**
 * Bounds the wait for a DISCONNECT that another thread writes: a broker that takes nothing is not
 * waited for, but a busy machine, on which the thread has not come to its turn, is. Without
 * DISCONNECT the broker would publish the will of a client that ends in order.
 */
public final class DisconnectWait {
  /** The time after which to look whether the wait goes on. */
  public static final long LOOK_MILLIS = 100;

  private static final long STUCK_MILLIS = 1000;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final PacketWriter writer;
  private final long begin = System.nanoTime();

  /** Begins to wait. */
  public DisconnectWait(PacketWriter writer) {
    this.writer = writer;
  }

  /** Returns whether DISCONNECT may still be written. */
  public boolean goesOn() {
    return !writer.isStuck(STUCK_MILLIS) && System.nanoTime() - begin < MOST_NANOS;
  }
}
