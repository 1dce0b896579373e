package dev.midge.testing.willbroker;

import dev.midge.mqtt.Will;
import java.time.Duration;
import java.util.Optional;

/** Decides what becomes of each will, and when. Guarded by the lock of the broker. */
final class Wills {
  private static final Optional<Duration> NEVER = Optional.empty();
  private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);

  private final Exchange exchange;
  private final Faults faults;
  private final Clock clock;

  Wills(Exchange exchange, Faults faults, Clock clock) {
    this.exchange = exchange;
    this.faults = faults;
    this.clock = clock;
  }

  /** The connection of a session has ended, and the session perhaps with it. */
  void ended(Session session, ConnectionEnd ending) {
    Will will = faults.chosen(session, ending);
    if (will != null) {
      boolean plain = exchange.isPlain(session, will);
      Optional<Duration> due = faults.due(session, will, ending, due(session, will, ending), plain);
      faults.remember(session, will, ending, due.isPresent());
      due.ifPresent(delay -> publish(session, will, delay));
      session.thrownAway = ending.isClean() && due.isEmpty() ? will : null;
    }
    session.will = null; // [MQTT-3.1.2-10]
  }

  /** The rule. */
  private static Optional<Duration> due(Session session, Will will, ConnectionEnd ending) {
    if (ending.isClean()) {
      return NEVER; // [MQTT-3.14.4-3]
    }
    boolean goesOn = session.isKept() && !(ending.isTakeOver() && ending.cleanStart());
    if (will.delay().isZero() || !goesOn) {
      return AT_ONCE; // [MQTT-3.1.2-8]
    }
    return ending.isTakeOver() ? NEVER : Optional.of(will.delay()); // [MQTT-3.1.3-9]
  }

  /** The client of a session that was kept is back, with Clean Start or without. */
  void back(Session session, boolean cleanStart) {
    Will will = session.delayed;
    session.delayed = null;
    if (will != null) {
      session.delay.cancel(false);
      if (faults.publishesWhenBack(cleanStart)) {
        exchange.publish(session, will);
      }
    }
  }

  /** A session has come to the end of its time. */
  void sessionEnded(Session session) {
    Will will = session.delayed;
    if (will != null && !faults.waitsBeyondSession()) {
      session.delayed = null;
      session.delay.cancel(false);
      if (!faults.losesWithSession()) {
        exchange.publish(session, will); // [MQTT-3.1.2-8]
      }
    }
  }

  /** The client has closed its side, after a DISCONNECT that was a clean end. */
  void drained(Session session, boolean reset, boolean oneWrite) {
    Will will = session.thrownAway;
    session.thrownAway = null;
    if (will != null) {
      faults
          .dueAfterCleanEnd(session, reset, oneWrite)
          .ifPresent(delay -> publishUnlessBack(session, will, delay));
    }
  }

  private void publish(Session session, Will will, Duration delay) {
    if (delay.isZero()) {
      exchange.publish(session, will);
      return;
    }
    session.delayed = will;
    session.delay =
        clock.after(
            delay,
            () -> {
              if (session.delayed == will) {
                session.delayed = null;
                if (!faults.losesAfterDelay(will)) {
                  exchange.publish(session, will);
                }
              }
            });
  }

  private void publishUnlessBack(Session session, Will will, Duration delay) {
    int connections = faults.connections(session.clientId);
    clock.after(
        delay,
        () -> {
          if (faults.connections(session.clientId) == connections) {
            exchange.publish(session, will);
          }
        });
  }
}
