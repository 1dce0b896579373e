package dev.midge.broker.transport;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The two times of a broker, in nanoseconds, which begin where it started: that of MQTT's rules
 * (keep alive, the delay of a will, expiry), which a test may drive, and that of its sockets, which
 * always passes. Broker thread only.
 */
public final class LoopClock {
  private final LongSupplier nanoTime;
  private final long origin;
  private final boolean driven;
  private long drivenNow;

  private LoopClock(LongSupplier nanoTime, boolean driven, long drivenNow) {
    this.nanoTime = nanoTime;
    this.origin = nanoTime.getAsLong();
    this.driven = driven;
    this.drivenNow = drivenNow;
  }

  /**
   * Returns a clock whose two times are the same.
   *
   * @param nanoTime as {@link System#nanoTime} tells it; never goes back
   */
  public static LoopClock real(LongSupplier nanoTime) {
    return new LoopClock(nanoTime, false, 0);
  }

  /**
   * Returns a clock whose time of the rules stands still until {@link BrokerLoop#advance}.
   *
   * @param from that time at first, in nanoseconds
   */
  public static LoopClock driven(long from) {
    return new LoopClock(System::nanoTime, true, from);
  }

  /** Returns the milliseconds of the rules' time, for what outlives the broker. */
  public long drivenMillis() {
    return TimeUnit.NANOSECONDS.toMillis(drivenNow);
  }

  boolean isDriven() {
    return driven;
  }

  /** Returns the time of the rules. */
  long now() {
    return driven ? drivenNow : socketNow();
  }

  /** Returns the time of the sockets. */
  long socketNow() {
    return nanoTime.getAsLong() - origin;
  }

  /** Sets the time of the rules, which never goes back. */
  void drive(long time) {
    drivenNow = Math.max(drivenNow, time);
  }
}
