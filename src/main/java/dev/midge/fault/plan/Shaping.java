package dev.midge.fault.plan;

import java.time.Duration;

/**
 * Delay, bandwidth and size of the next write in one direction of a connection.
 *
 * @param delay of the next write, its jitter included; zero for none
 * @param bytesPerSecond {@link Long#MAX_VALUE} for no limit
 * @param slice bytes of one write at most; {@link Integer#MAX_VALUE} for no limit
 * @param pause between two writes; zero for none
 */
public record Shaping(Duration delay, long bytesPerSecond, int slice, Duration pause) {
  /** Leaves writes as they are. */
  public static final Shaping NONE =
      new Shaping(Duration.ZERO, Long.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO);

  /**
   * Tells whether writes are left as they are. A record's own {@code equals} costs the first
   * connection of a JVM some 15 ms.
   */
  public boolean isNone() {
    return delay.isZero()
        && bytesPerSecond == Long.MAX_VALUE
        && slice == Integer.MAX_VALUE
        && pause.isZero();
  }
}
