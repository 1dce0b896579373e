package dev.midge.broker.core;

import dev.midge.mqtt.Will;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All sessions by client identifier: how they begin, change hands and end. Router thread only. */
final class Sessions {
  private final Map<String, Session> sessions = new HashMap<>();
  private final Router router;
  private final Wills wills;
  private final Timers timers;

  Sessions(Router router) {
    this.router = router;
    this.wills = router.wills;
    this.timers = router.timers;
  }

  /**
   * Finds the kept session of a client, after whoever holds it was sent away.
   *
   * @return null if there is none, or if the client wants none (then the old one has ended)
   */
  Session resume(String clientId, boolean cleanStart, long now) {
    Session session = sessions.get(clientId);
    if (session == null) {
      return null;
    }
    // What the old connection has agreed on decides, not what the new one wants to be kept.
    boolean sessionEnds = cleanStart || session.endsWithConnection();
    Will will = session.isConnected() ? session.client.takenOver(now) : null; // [MQTT-3.1.4-3]
    if (sessionEnds) {
      end(session, now); // [MQTT-3.1.2-4]
      wills.takenOver(session, will, true, now);
      return null;
    }
    wills.takenOver(session, will, false, now);
    timers.cancel(session.expiryTimer);
    session.expiryTimer = null;
    wills.cancel(session);
    return session;
  }

  Session begin(String clientId) {
    Session session =
        new Session(clientId, router.limits, router.observer, router.fanout, router.memoryGuard);
    sessions.put(clientId, session);
    return session;
  }

  boolean exists(String clientId) {
    return sessions.containsKey(clientId);
  }

  /** The connection is gone; the session ends now, or when its time has come. */
  void disconnected(Session session, long now) {
    session.client = null;
    session.outbox.disconnected();
    if (session.endsWithConnection()) {
      forget(session, now);
    } else if (session.expiry != Timers.NEVER) {
      session.expiryTimer =
          timers.at(
              now + session.expiry,
              time -> {
                router.observer.sessionExpired(session.clientId);
                end(session, time);
              });
    }
  }

  List<Session> all() {
    return new ArrayList<>(sessions.values());
  }

  /** A session that nobody holds ends; a will that still waits is due [MQTT-3.1.2-8]. */
  private void end(Session session, long now) {
    forget(session, now);
    wills.sessionEnded(session, now);
  }

  /** First of all the subscriptions, so that the session gets no part of its own will. */
  private void forget(Session session, long now) {
    timers.cancel(session.expiryTimer);
    session.expiryTimer = null;
    session.subscriptions.keySet().forEach(filter -> router.subscriptions.remove(session, filter));
    session.subscriptions.clear();
    sessions.remove(session.clientId, session);
    session.outbox.ended(now);
  }
}
