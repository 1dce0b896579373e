package dev.midge.fault;

import java.time.Duration;

/**
 * What delays, throttles and slices one direction of a connection now.
 *
 * @param delay of the next write, its jitter included; zero for none
 * @param bytesPerSecond {@link Long#MAX_VALUE} for no limit
 * @param slice bytes of one write at most; {@link Integer#MAX_VALUE} for no limit
 * @param pause between two writes; zero for none
 */
public record Shaping(Duration delay, long bytesPerSecond, int slice, Duration pause) {
  /** Nothing is shaped. */
  public static final Shaping NONE =
      new Shaping(Duration.ZERO, Long.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO);
}
