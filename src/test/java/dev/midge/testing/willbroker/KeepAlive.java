package dev.midge.testing.willbroker;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Cuts a silent client after one and a half times its keep alive, not earlier. */
final class KeepAlive {
  private static final Duration OFTEN = Duration.ofMillis(200);
  private static final Duration SLOW = Duration.ofSeconds(2);
  private static final Duration LATE = Duration.ofSeconds(4);

  private final Clock clock;
  private final Behaviour behaviour;
  private final Runnable cut;
  private final BooleanSupplier partial;
  private final boolean setByBroker;
  private final long keepAlive; // nanoseconds
  private volatile long lastPacket = System.nanoTime();
  private volatile long lastMessage = lastPacket;
  private volatile boolean over;

  /**
   * Begins to watch when {@link #start} is called.
   *
   * @param asked by the client, in seconds
   * @param announced by the broker
   * @param partial whether a packet from the client is unfinished
   */
  KeepAlive(
      Clock clock,
      Behaviour behaviour,
      int asked,
      int announced,
      BooleanSupplier partial,
      Runnable cut) {
    this.clock = clock;
    this.behaviour = behaviour;
    this.cut = cut;
    this.partial = partial;
    setByBroker = asked != announced;
    int inForce = behaviour.breaks(Breach.SERVER_KEEP_ALIVE) ? asked : announced;
    keepAlive = Duration.ofSeconds(inForce).toNanos(); // [MQTT-3.1.2-21]
  }

  void start() {
    if (keepAlive > 0) {
      checkIn(soon(keepAlive));
    }
  }

  void stop() {
    over = true;
  }

  /** A whole packet has come from the client. */
  void packetRead() {
    lastPacket = System.nanoTime();
  }

  /** A message was sent to the client. */
  void messageSent() {
    lastMessage = System.nanoTime();
  }

  private void checkIn(long nanos) {
    clock.after(Duration.ofNanos(nanos), this::check);
  }

  private void check() {
    if (over) {
      return;
    }
    if (sleeps()) {
      checkIn(keepAlive);
      return;
    }
    long left = lastSign() + limit() - System.nanoTime();
    if (left > 0) {
      checkIn(soon(left));
    } else {
      cut.run(); // [MQTT-3.1.2-22]
    }
  }

  private long soon(long nanos) {
    return behaviour.breaks(Breach.SLOW_PACKET) ? Math.min(nanos, OFTEN.toNanos()) : nanos;
  }

  private long lastSign() {
    boolean fooled = behaviour.breaks(Breach.FREEZE_DOWNSTREAM_LATE) && isServed();
    return fooled ? lastMessage : lastPacket;
  }

  private long limit() {
    long rule = keepAlive + keepAlive / 2;
    if (behaviour.breaks(Breach.SLOW_PACKET) && partial.getAsBoolean()) {
      return SLOW.toNanos();
    }
    if (behaviour.breaks(Breach.FREEZE_LATE) && isIdle()) {
      return rule + LATE.toNanos();
    }
    // Well below the half of it: a client may send PINGREQ as often as that.
    return behaviour.breaks(Breach.FREEZE_EARLY) && isIdle() ? keepAlive * 3 / 8 : rule;
  }

  private boolean sleeps() {
    return behaviour.breaks(Breach.FREEZE) && isIdle()
        || behaviour.breaks(Breach.FREEZE_DOWNSTREAM) && isServed()
        || behaviour.breaks(Breach.FREEZE_HALF_PACKET) && partial.getAsBoolean();
  }

  private boolean isServed() {
    return lastMessage - lastPacket > 0;
  }

  private boolean isIdle() {
    return !setByBroker && !isServed() && !partial.getAsBoolean();
  }
}
