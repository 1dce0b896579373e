package dev.midge.client;

import java.util.concurrent.TimeUnit;

/** Counts the acknowledgements that we owe the broker. For several threads. */
final class Owed {

  private long came;
  private long answered;

  /** Something came that asks for an answer. */
  synchronized void came() {
    came++;
  }

  /** Whether others will follow the next answer. */
  synchronized boolean isMoreThanOne() {
    return came - answered > 1;
  }

  /** An answer is sent. */
  synchronized void answered() {
    answered++;
    notifyAll();
  }

  /** Waits until all that has come up to now is answered, or the time is over. */
  synchronized void settle(long millis) throws InterruptedException {
    long goal = came;
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (answered < goal && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
  }
}
