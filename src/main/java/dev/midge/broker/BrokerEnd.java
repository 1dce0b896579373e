package dev.midge.broker;

import dev.midge.broker.transport.BrokerLoop;
import java.util.concurrent.TimeUnit;

/**
 * The end of a broker that was told to stop, as another thread waits for it.
 *
 * @param saves whether the broker saves its state at the end, to a slow disk perhaps
 */
record BrokerEnd(BrokerLoop loop, Thread thread, boolean saves) {
  /** Milliseconds that are longer than the loop takes in the worst case. */
  private static final long MAX_STOP_MILLIS = 5_000;

  private static final long MAX_SAVE_MILLIS = 60_000;

  /** Milliseconds that work of the user's may take, of which no more begins. */
  private static final long MAX_USER_MILLIS = 2_000;

  /**
   * Waits until the broker's thread has ended, for some seconds at most. An interrupt does not
   * shorten that, since the ports are not free before.
   *
   * @throws IllegalStateException when work of the user's keeps the thread
   */
  void await() {
    boolean interrupted = Thread.interrupted();
    try {
      interrupted |= join(MAX_USER_MILLIS);
      String held = loop.heldBy();
      if (thread.isAlive() && held != null) {
        loop.abandon();
        throw new IllegalStateException(
            held + " has not returned: the broker is stopped without it, and its port is free");
      }
      interrupted |= join((saves ? MAX_SAVE_MILLIS : MAX_STOP_MILLIS) - MAX_USER_MILLIS);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns whether it was interrupted meanwhile. */
  private boolean join(long millis) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left;
    while (thread.isAlive() && (left = deadline - System.nanoTime()) > 0) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }
}
