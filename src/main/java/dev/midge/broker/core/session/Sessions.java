package dev.midge.broker.core.session;

import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.MemoryGuard;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.delivery.Outbox;
import dev.midge.broker.core.delivery.SessionJournal;
import dev.midge.broker.core.delivery.StateJournal;
import dev.midge.broker.core.topics.Subscriptions;
import dev.midge.broker.inspect.SessionSnapshot;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Will;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All sessions by client identifier: their begin, take-over and end. Router thread only. */
public final class Sessions {
  /** The Session Expiry Interval of a session that does not expire. */
  public static final long FOREVER = 0xFFFF_FFFFL;

  private static final long SECOND = 1_000_000_000L;

  private final Map<String, Session> sessions = new HashMap<>();
  private final BrokerSettings settings;
  private Limits limits;
  private final BrokerObserver observer;
  private final MemoryGuard memoryGuard;
  private final Timers timers;
  private final Subscriptions subscriptions;
  private final Wills wills;
  private int most;
  private @Nullable StateJournal journal;
  private long lastNumber;

  public Sessions(
      Limits limits,
      BrokerSettings settings,
      BrokerObserver observer,
      MemoryGuard memoryGuard,
      Timers timers,
      Subscriptions subscriptions,
      Wills wills) {
    this.limits = limits;
    this.settings = settings;
    this.observer = observer;
    this.memoryGuard = memoryGuard;
    this.timers = timers;
    this.subscriptions = subscriptions;
    this.wills = wills;
  }

  /** Puts other limits in force, for what comes from now on. */
  public void replaceLimits(Limits others) {
    limits = others;
  }

  /**
   * Finds the kept session of a client, and ends its present connection.
   *
   * @return null if there is none, or if the client wants none (then the old one has ended)
   */
  public @Nullable Session resume(String clientId, boolean cleanStart, long now) {
    Session session = sessions.get(clientId);
    if (session == null) {
      return null;
    }
    // What the old connection has agreed on decides, not what the new one wants to be kept.
    boolean sessionEnds = cleanStart || session.endsWithConnection();
    Will will = session.takeWill();
    if (session.connection != null) {
      session.connection.disconnect(ReasonCode.SESSION_TAKEN_OVER, now); // [MQTT-3.1.4-3]
    }
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

  public Session begin(String clientId) {
    return begin(clientId, lastNumber + 1);
  }

  private Session begin(String clientId, long number) {
    lastNumber = Math.max(lastNumber, number);
    Outbox outbox = new Outbox(clientId, limits, observer, memoryGuard);
    Session session = new Session(outbox, limits, number);
    sessions.put(clientId, session);
    most = Math.max(most, sessions.size());
    return session;
  }

  /** Tells whether the broker may have no more sessions, connected or kept. */
  public boolean isFull() {
    int limit = settings.globalMaxClients();
    return limit > 0 && sessions.size() >= limit;
  }

  /** Returns how many there are, of connected clients and of absent ones. */
  public int size() {
    return sessions.size();
  }

  /** Returns how many there were at the same time at most. */
  public int most() {
    return most;
  }

  /** Returns all sessions, in no order. */
  public Collection<Session> all() {
    return sessions.values();
  }

  /** Has the journal told of a connection that has begun, and of all that follows. */
  public void begun(Session session, boolean isV5) {
    if (journal == null) {
      return;
    }
    if (!session.endsWithConnection()) {
      session.journal(new SessionJournal(journal, session.number));
      journal.session(session.number, session.identity(), isV5, session.expiry);
    } else {
      forget(session);
    }
    wills.tell(session);
  }

  private void forget(Session session) {
    SessionJournal told = session.journal();
    if (told != null) {
      told.journal().ended(told.session());
      session.journal(null);
    }
  }

  /** Has a journal told of all changes from now on; it knows the present state already. */
  public void journal(StateJournal newJournal) {
    journal = newJournal;
    for (Session session : sessions.values()) {
      if (!session.endsWithConnection()) {
        session.journal(new SessionJournal(newJournal, session.number));
      }
    }
  }

  /** Tells a journal of all kept sessions: first of their subscriptions, then of the rest. */
  public void describeTo(StateJournal to) {
    List<Session> kept =
        sessions.values().stream()
            .filter(each -> !each.endsWithConnection())
            .sorted(Comparator.comparingLong(each -> each.number))
            .toList();
    for (Session session : kept) {
      to.session(session.number, session.identity(), session.outbox().isV5(), session.expiry);
      session
          .subscriptions()
          .values()
          .forEach(each -> to.subscribed(session.number, each.options(), each.identifier()));
    }
    for (Session session : kept) {
      SessionJournal line = new SessionJournal(to, session.number);
      session.outbox().saved().describeTo(line);
      session.qos2Receipts().describeTo(line);
      if (session.connection == null) {
        to.away(session.number, session.expiry, due(session.expiryTimer));
      }
    }
  }

  /** Tells a journal of all wills. */
  public void describeWillsTo(StateJournal to) {
    sessions.values().forEach(each -> Wills.describe(each, to));
  }

  private static long due(Timers.@Nullable Timer timer) {
    return timer == null ? Timers.NEVER : timer.due();
  }

  /** Returns the session of that number and client, which may be new. */
  Session restored(long number, String clientId) {
    Session present = sessions.get(clientId);
    return present != null && present.number == number ? present : begin(clientId, number);
  }

  /** Removes a session without any consequence: the journal has them. */
  void removeRestored(Session session) {
    removeSubscriptions(session);
    sessions.remove(session.clientId(), session);
  }

  /** Lets the time run for a session that was restored. */
  void expireAt(Session session, long due) {
    session.expiryTimer = timers.at(due, time -> expire(session, time));
  }

  public boolean exists(String clientId) {
    return sessions.containsKey(clientId);
  }

  /** Returns the session of a client as a value; null if there is none. */
  public @Nullable SessionSnapshot snapshot(String clientId, long now) {
    Session session = sessions.get(clientId);
    return session == null ? null : session.snapshot(now);
  }

  /** Returns all sessions as values, in no order. */
  public List<SessionSnapshot> snapshots(long now) {
    List<SessionSnapshot> all = new ArrayList<>(sessions.size());
    for (Session session : sessions.values()) {
      all.add(session.snapshot(now));
    }
    return all;
  }

  /**
   * Ends the connection of a client; its will is due.
   *
   * @param reasonCode of MQTT 5's DISCONNECT
   * @return false if the client is not connected
   */
  public boolean disconnect(String clientId, int reasonCode, long now) {
    Session session = sessions.get(clientId);
    if (session == null || session.connection == null) {
      return false;
    }
    session.connection.disconnect(reasonCode, now);
    return true;
  }

  /**
   * Applies settings that were read again: ends connections of clients that are not let in any
   * more, and drops queued messages that their receivers may not read any more.
   */
  public void recheck(long now) {
    List<Session> all = new ArrayList<>(sessions.values());
    for (Session session : all) {
      if (session.connection != null) {
        session.connection.recheck(now);
      }
    }
    for (Session session : all) {
      session.outbox().dropUnreadable(now);
    }
  }

  /**
   * Sets the time for which the session is kept after its connection, within the broker's limit.
   *
   * @param seconds a Session Expiry Interval; {@link #FOREVER} for no end
   */
  public void expiry(Session session, long seconds) {
    long asked = seconds == FOREVER ? Timers.NEVER : seconds * SECOND; // [MQTT-3.1.2-23]
    session.expiry =
        limits.persistentClientExpiration() == null
            ? asked
            : Math.min(asked, limits.persistentClientExpiration().toNanos());
  }

  /** Ends the session's connection; the session itself ends now, or when it expires. */
  public void disconnected(Session session, DisconnectCause cause, long now) {
    session.connection = null;
    session.outbox().disconnected();
    if (session.endsWithConnection()) {
      remove(session, now);
    } else {
      boolean expires = session.expiry != Timers.NEVER;
      expireAt(session, expires ? now + session.expiry : Timers.NEVER);
      SessionJournal told = session.journal();
      if (told != null) {
        told.journal().away(told.session(), session.expiry, due(session.expiryTimer));
      }
    }
    wills.release(session, session.takeWill(), cause, now);
  }

  private void expire(Session session, long now) {
    observer.sessionExpired(session.clientId());
    end(session, now);
  }

  /** Publishes all wills, since the broker stops, and then disconnects all clients. */
  public void stop(long now) {
    for (Session session : new ArrayList<>(sessions.values())) {
      wills.releaseAtStop(session, now);
    }
    for (Session session : new ArrayList<>(sessions.values())) {
      if (session.connection != null) {
        session.connection.disconnect(ReasonCode.SERVER_SHUTTING_DOWN, now);
      }
    }
  }

  /** Ends a session without connection; a delayed will of it is due [MQTT-3.1.2-8]. */
  private void end(Session session, long now) {
    remove(session, now);
    wills.sessionEnded(session, now);
  }

  /** Removes the subscriptions first, so that the session does not get its own will. */
  private void remove(Session session, long now) {
    timers.cancel(session.expiryTimer);
    session.expiryTimer = null;
    removeSubscriptions(session);
    sessions.remove(session.clientId(), session);
    forget(session);
    session.outbox().ended(now);
  }

  private void removeSubscriptions(Session session) {
    for (String filter : session.subscriptions().keySet()) {
      subscriptions.remove(session.outbox(), filter);
    }
    session.subscriptions().clear();
  }
}
