package dev.midge.cli.pipe;

import dev.midge.client.source.Ticker;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code --replay}: tells when a recorded message is due. All times count from the first message
 * that has one, so that no delay adds up. A message without a time, or with one that is past, is
 * due at once. For one thread.
 */
final class Replay {
  private static final double NANOS = 1e9;

  /** No recording is played for longer: 100 years. */
  private static final double MOST = 100.0 * 366 * 86_400 * NANOS;

  private final double speed;
  private final Ticker ticker;
  private @Nullable Instant first;
  private long begin;

  /**
   * @param speed how many times as fast as it was recorded; more than 0
   */
  Replay(double speed, Ticker ticker) {
    this.speed = speed;
    this.ticker = ticker;
  }

  /**
   * Tells whether the message need not be waited for.
   *
   * @param time that of the message; null for none
   */
  boolean isDue(@Nullable Instant time) {
    return time == null || due(time) - ticker.now() <= 0;
  }

  /** Waits until the message is due. */
  void await(@Nullable Instant time) throws InterruptedIOException {
    if (!isDue(time) && time != null) {
      ticker.sleepUntil(due(time));
    }
  }

  private long due(Instant time) {
    if (first == null) {
      first = time;
      begin = ticker.now();
    }
    Duration since = Duration.between(first, time);
    double nanos = (since.getSeconds() * NANOS + since.getNano()) / speed;
    return begin + (long) Math.max(0, Math.min(nanos, MOST));
  }
}
