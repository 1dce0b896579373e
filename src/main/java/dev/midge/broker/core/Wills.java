package dev.midge.broker.core;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Will;

/**
 * Keeps wills from the end of a connection until they are due. The whole story of a will after
 * CONNECT is here; what publishes it is the router, as any other message. Router thread only.
 */
final class Wills {
  private final Router router;
  private final Timers timers;
  private final Journal journal;

  Wills(Router router, Timers timers, Journal journal) {
    this.router = router;
    this.timers = timers;
    this.journal = journal;
  }

  /**
   * The session's connection has ended; decides what becomes of its will.
   *
   * @param will null for none
   */
  void release(Session session, Will will, Ending ending, long now) {
    if (will == null || ending.goodbye()) {
      return; // [MQTT-3.14.4-3]
    }
    // The delay is cut short when the session ends: publish at whichever comes first.
    long delay = Math.min(will.delay().toNanos(), session.expiry); // [MQTT-3.1.2-8] [MQTT-3.1.3-9]
    if (delay == 0) {
      publish(session.clientId, will, now);
      return;
    }
    session.waitingWill = will;
    session.willTimer = timers.at(now + delay, time -> due(session, time));
    journal.willDelayed(session.clientId, will.message(), delay / 1_000_000_000L);
  }

  /**
   * Another connection has taken over the session from one that was alive: that one was closed
   * without DISCONNECT, and its will is due, unless the new connection goes on with the session
   * before the delay is over. With a delay of 0 no connection can be that early.
   *
   * @param sessionEnds whether the old session does not live on in the new connection
   */
  void takenOver(Session session, Will will, boolean sessionEnds, long now) {
    if (will == null) {
      return;
    }
    if (sessionEnds || will.delay().isZero()) {
      publish(session.clientId, will, now); // [MQTT-3.1.2-8] [MQTT-3.1.4-3]
    } else {
      journal.willDropped(session.clientId, will.message()); // [MQTT-3.1.3-9]
    }
  }

  /** The client came back in time, and goes on with its session. */
  void cancel(Session session) {
    if (session.waitingWill != null) {
      Will will = take(session);
      journal.willDropped(session.clientId, will.message()); // [MQTT-3.1.3-9]
    }
  }

  /** The will's delay is over, or its session ends before that. */
  void due(Session session, long now) {
    if (session.waitingWill != null) {
      publish(session.clientId, take(session), now);
    }
  }

  /** The broker stops: nothing waits any longer. */
  void releaseAtStop(Session session, long now) {
    due(session, now);
    if (session.isConnected() && session.client.will != null) {
      Will will = session.client.will;
      session.client.will = null;
      publish(session.clientId, will, now);
    }
  }

  private Will take(Session session) {
    Will will = session.waitingWill;
    session.waitingWill = null;
    timers.cancel(session.willTimer);
    session.willTimer = null;
    return will;
  }

  private void publish(String clientId, Will will, long now) {
    Message message = will.publication();
    if (router.mayPublish(message.topic())) {
      journal.willPublished(clientId, message);
      router.publish(Publication.of(message, clientId, now), now);
    }
  }
}
