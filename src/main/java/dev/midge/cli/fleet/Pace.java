package dev.midge.cli.fleet;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Says when the next client of a fleet is to connect: not before its time, and while many others
 * wait for CONNACK only after a pause, since a broker's queue of connections is not long.
 */
final class Pace {
  private static final int MOST_WAITING = 64;
  private static final long PAUSE_MILLIS = 100;

  private final long pauseNanos;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final CompletableFuture<?> stop;
  private final long start = System.nanoTime();
  private long begun;

  /**
   * Begins.
   *
   * @param pauseNanos between two connections, 0 for none
   * @param stop no client is to connect when that has come
   */
  Pace(long pauseNanos, CompletableFuture<?> stop) {
    this.pauseNanos = pauseNanos;
    this.stop = stop;
  }

  /** Waits until the next client is due; returns false when there is to be none. */
  boolean await() throws InterruptedException {
    long left = start + begun++ * pauseNanos - System.nanoTime();
    if (left > 0) {
      try {
        stop.get(left, TimeUnit.NANOSECONDS);
      } catch (TimeoutException due) {
        // Which is the rule.
      } catch (ExecutionException e) {
        throw new IllegalStateException(e); // It cannot fail.
      }
    }
    return !stop.isDone();
  }

  /** Lets a client through; it takes a place until it is settled. */
  void pass(Device device) throws InterruptedException {
    if (waiting.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
      device.settled().thenRun(waiting::release);
    }
  }
}
