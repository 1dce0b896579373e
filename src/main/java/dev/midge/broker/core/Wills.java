package dev.midge.broker.core;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Will;

/**
 * Keeps wills from the end of a connection until they are due. The whole story of a will after
 * CONNECT is here; what publishes it is the router, as any other message. Router thread only.
 */
final class Wills {
  private static final String STOP = "the broker stops";

  private final Router router;
  private final Timers timers;
  private final BrokerObserver observer;

  Wills(Router router, Timers timers, BrokerObserver observer) {
    this.router = router;
    this.timers = timers;
    this.observer = observer;
  }

  /**
   * The session's connection has ended; decides what becomes of its will.
   *
   * @param will null for none
   */
  void release(Session session, Will will, DisconnectCause cause, long now) {
    if (will == null) {
      return;
    }
    if (cause.discardsWill()) {
      observer.willDiscarded(session.clientId, "client said DISCONNECT"); // [MQTT-3.14.4-3]
      return;
    }
    // The delay is cut short when the session ends: publish at whichever comes first.
    long delay = Math.min(will.delay().toNanos(), session.expiry); // [MQTT-3.1.2-8] [MQTT-3.1.3-9]
    if (delay == 0) {
      publish(session.clientId, will, "", now);
      return;
    }
    session.waitingWill = will;
    session.willTimer = timers.at(now + delay, time -> due(session, "its delay is over", time));
    observer.willDelayed(session.clientId, will.message(), delay / 1_000_000_000L);
  }

  /**
   * Another connection has taken over the session from one that was alive: that one was closed
   * without DISCONNECT, and its will is due, unless the new connection goes on with the session
   * before the delay is over. With a delay of 0 no connection can be that early.
   *
   * @param will null for none
   * @param sessionEnds whether the old session does not live on in the new connection
   */
  void takenOver(Session session, Will will, boolean sessionEnds, long now) {
    if (will == null) {
      return;
    }
    if (sessionEnds || will.delay().isZero()) {
      publish(session.clientId, will, "", now); // [MQTT-3.1.2-8] [MQTT-3.1.4-3]
    } else {
      discardInTime(session, will);
    }
  }

  /** The client came back in time, and goes on with its session. */
  void cancel(Session session) {
    if (session.waitingWill != null) {
      discardInTime(session, take(session));
    }
  }

  private void discardInTime(Session session, Will will) {
    long seconds = will.delay().toSeconds();
    observer.willDiscarded( // [MQTT-3.1.3-9]
        session.clientId,
        "client resumed its session within the will's delay of " + seconds + " s");
  }

  /** The session has ended; a will that still waits is due. */
  void sessionEnded(Session session, long now) {
    due(session, "its session has ended", now); // [MQTT-3.1.2-8]
  }

  private void due(Session session, String why, long now) {
    if (session.waitingWill != null) {
      publish(session.clientId, take(session), why, now);
    }
  }

  /** The broker stops: nothing waits any longer. */
  void releaseAtStop(Session session, long now) {
    due(session, STOP, now);
    if (session.isConnected() && session.client.will != null) {
      Will will = session.client.will;
      session.client.will = null;
      publish(session.clientId, will, STOP, now);
    }
  }

  private Will take(Session session) {
    Will will = session.waitingWill;
    session.waitingWill = null;
    timers.cancel(session.willTimer);
    session.willTimer = null;
    return will;
  }

  private void publish(String clientId, Will will, String why, long now) {
    Message message = will.publication();
    if (!router.mayPublish(message.topic())) {
      observer.willDiscarded(clientId, "nobody may publish to '" + message.topic() + "'");
      return;
    }
    observer.willPublished(clientId, message, why);
    router.publish(Publication.ofWill(message, clientId, now), now);
  }
}
