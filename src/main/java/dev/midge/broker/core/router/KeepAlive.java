package dev.midge.broker.core.router;

import dev.midge.broker.core.Timers;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends one connection after one and a half times the keep alive interval without a packet
 * [MQTT-3.1.2-22], not earlier. Router thread only.
 */
final class KeepAlive {
  private static final long SECOND = 1_000_000_000L;

  /** The interval before CONNECT has given one, in seconds. */
  private static final int INITIAL = 20;

  /** Missing bytes of a packet that count for little: mosquitto's number. */
  private static final int SMALL_PART = 1000;

  private final Timers timers;
  private final BooleanSupplier isUnread;
  private final LongConsumer onTimeout;
  private long timeout; // nanoseconds; 0 for no limit
  private long lastReceived;
  private Timers.@Nullable Timer timer;

  /**
   * @param isUnread tells whether what the client sends is not read: then it has not been silent
   * @param onTimeout gets the time; called once at most
   */
  KeepAlive(Timers timers, BooleanSupplier isUnread, LongConsumer onTimeout) {
    this.timers = timers;
    this.isUnread = isUnread;
    this.onTimeout = onTimeout;
  }

  /** Begins with the time for CONNECT. */
  void start(long now) {
    lastReceived = now;
    interval(INITIAL, now);
  }

  /**
   * Sets the interval that is in force from now on.
   *
   * @param seconds 0 for no limit
   */
  void interval(int seconds, long now) {
    cancel();
    timeout = seconds * SECOND * 3 / 2;
    if (timeout != 0) {
      timer = timers.at(now + timeout, this::check);
    }
  }

  void packetArrived(long now) {
    lastReceived = now;
  }

  /** Notes a part of a packet: a slow large packet counts as life, half of a small one does not. */
  void partArrived(int missing, long now) {
    if (missing > SMALL_PART) {
      lastReceived = now;
    }
  }

  void cancel() {
    timers.cancel(timer);
    timer = null;
  }

  // The timer is not moved with every packet: it looks when the last one came, and starts again.
  private void check(long now) {
    if (isUnread.getAsBoolean()) {
      lastReceived = now;
    }
    if (now - lastReceived < timeout) {
      timer = timers.at(lastReceived + timeout, this::check);
    } else {
      onTimeout.accept(now);
    }
  }
}
