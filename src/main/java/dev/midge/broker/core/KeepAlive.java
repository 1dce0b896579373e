package dev.midge.broker.core;

import java.util.function.LongConsumer;

/**
 * Watches over one connection's silence: after one and a half times the keep alive without a packet
 * it is over [MQTT-3.1.2-22], not earlier. Router thread only.
 */
final class KeepAlive {
  private static final long SECOND = 1_000_000_000L;

  /** Seconds before CONNECT has said how many it wants. */
  private static final int INITIAL = 20;

  /** Missing bytes of a packet that count for little: mosquitto's number. */
  private static final int SMALL_PART = 1000;

  private final Timers timers;
  private final LongConsumer onSilence;
  private long silence; // nanoseconds; 0 for no limit
  private long lastSign; // of life
  private Timers.Timer timer;

  KeepAlive(Timers timers, LongConsumer onSilence, long now) {
    this.timers = timers;
    this.onSilence = onSilence;
    this.lastSign = now;
    seconds(INITIAL, now);
  }

  /**
   * @param seconds of the interval in force from now on; 0 for no limit
   */
  void seconds(int seconds, long now) {
    cancel();
    silence = seconds * SECOND * 3 / 2;
    if (silence != 0) {
      timer = timers.at(now + silence, this::check);
    }
  }

  void packetArrived(long now) {
    lastSign = now;
  }

  /** A part of a packet: a large one on a slow line is no silence, the half of a small one is. */
  void partArrived(int missing, long now) {
    if (missing > SMALL_PART) {
      lastSign = now;
    }
  }

  void cancel() {
    timers.cancel(timer);
    timer = null;
  }

  // The timer is not moved with every packet: it looks when the last one came, and waits again.
  private void check(long now) {
    if (now - lastSign < silence) {
      timer = timers.at(lastSign + silence, this::check);
    } else {
      onSilence.accept(now);
    }
  }
}
