package dev.midge.broker.persist;

import dev.midge.broker.core.Timers;
import java.util.function.LongSupplier;

/**
 * Translates times of the broker's own clock, in nanoseconds, into those of the world's, in
 * milliseconds since 1970, and back.
 *
 * @param millis as {@link System#currentTimeMillis} tells it
 * @param nanos the broker's own clock
 */
record WallClock(LongSupplier millis, LongSupplier nanos) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Returns when a time is, or was; a part of a millisecond makes it later. */
  long toWall(long time) {
    if (time == Timers.NEVER) {
      return Timers.NEVER;
    }
    return millis.getAsLong()
        + Math.floorDiv(time - nanos.getAsLong() + NANOS_PER_MILLI - 1, NANOS_PER_MILLI);
  }

  /** Returns a time of the broker's clock, which is negative if it was long ago. */
  long fromWall(long wall) {
    if (wall == Timers.NEVER) {
      return Timers.NEVER;
    }
    long away = wall - millis.getAsLong();
    return nanos.getAsLong() + Math.multiplyExact(away, NANOS_PER_MILLI);
  }
}
