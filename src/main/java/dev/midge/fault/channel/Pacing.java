package dev.midge.fault.channel;

import dev.midge.fault.Direction;
import dev.midge.fault.plan.Shaping;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Says when the bytes of one connection may pass: after a blackout, a delay, the pause between two
 * writes, at the rate of a throttle. For several threads. Times are those of {@link
 * System#nanoTime}.
 */
final class Pacing {
  /** A throttle lets bytes pass so many times a second, or one by one. */
  private static final long PORTIONS = 20;

  private static final long DECISION_MILLIS = 1_000;

  private final Function<Direction, Shaping> shaping;
  private volatile boolean active;
  private volatile boolean undecided;
  private volatile long darkUntil = System.nanoTime();

  Pacing(Function<Direction, Shaping> shaping) {
    this.shaping = shaping;
  }

  /** Bytes are delayed, throttled or sliced from now on. */
  void begin() {
    active = true;
  }

  /** Both directions carry nothing for so long. */
  void blackout(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    if (until - darkUntil > 0) {
      darkUntil = until;
    }
    active = true;
  }

  /**
   * Bytes are about to be written behind which the network may get slow or dark: what comes in
   * waits for {@link #decided}, as the answer must not be quicker than that.
   */
  void undecided() {
    undecided = true;
  }

  /** Behind the bytes that were written all is as it is to be. */
  synchronized void decided() {
    undecided = false;
    notifyAll();
  }

  /** Waits for the decision, but not for long: a peer may read only when it is read. */
  void awaitDecision() {
    if (!undecided) {
      return;
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DECISION_MILLIS);
    synchronized (this) {
      try {
        for (long left = DECISION_MILLIS; undecided && left > 0; ) {
          wait(left);
          left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns whether {@link #begin} or {@link #blackout} was ever called. */
  boolean isActive() {
    return active;
  }

  /** Returns how what is written now in that direction is shaped. */
  Shaping now(Direction direction) {
    return shaping.apply(direction);
  }

  /** Returns the end of the blackout, perhaps in the past. */
  long darkUntil() {
    return darkUntil;
  }

  /** Returns how many bytes may pass together. */
  static int portion(Shaping shaping) {
    long ofRate = Math.max(1, shaping.bytesPerSecond() / PORTIONS);
    return (int) Math.min(shaping.slice(), Math.min(ofRate, Integer.MAX_VALUE));
  }

  /** Returns how long nothing passes after so many bytes, in nanoseconds. */
  static long pauseAfter(Shaping shaping, int bytes) {
    long ofRate =
        shaping.bytesPerSecond() == Long.MAX_VALUE
            ? 0
            : (long) (bytes * 1e9 / shaping.bytesPerSecond());
    return Math.max(ofRate, shaping.pause().toNanos());
  }
}
