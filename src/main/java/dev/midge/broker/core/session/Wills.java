package dev.midge.broker.core.session;

import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.delivery.Publication;
import dev.midge.broker.core.delivery.StateJournal;
import dev.midge.broker.core.topics.Dispatcher;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Will;
import org.jspecify.annotations.Nullable;

/**
 * Decides about wills from the end of a connection on: whether and when each is published. The
 * {@link Dispatcher} publishes them as any other message. Router thread only.
 */
public final class Wills {
  private static final String STOP = "the broker stops";
  private static final String KILLED = "the broker has ended before it was published";

  private final Dispatcher dispatcher;
  private final Timers timers;
  private final BrokerObserver observer;
  private @Nullable StateJournal journal;

  public Wills(Dispatcher dispatcher, Timers timers, BrokerObserver observer) {
    this.dispatcher = dispatcher;
    this.timers = timers;
    this.observer = observer;
  }

  /** Has a journal told of all changes from now on; it knows the present wills already. */
  public void journal(StateJournal newJournal) {
    journal = newJournal;
  }

  /** Tells the journal of a session's will. */
  void tell(Session session) {
    if (journal != null) {
      describe(session, journal);
    }
  }

  /** Tells a journal of a session's will, the one of its connection or the delayed one. */
  static void describe(Session session, StateJournal to) {
    if (session.will != null) {
      to.will(session.identity(), session.will, delay(session, session.will), Timers.NEVER);
    } else if (session.delayedWill != null && session.willTimer != null) {
      to.will(session.identity(), session.delayedWill, 0, session.willTimer.due());
    }
  }

  /** Returns for how long the will waits after the connection: until the session ends, at most. */
  private static long delay(Session session, Will will) {
    return Math.min(will.delay().toNanos(), session.expiry); // [MQTT-3.1.2-8] [MQTT-3.1.3-9]
  }

  private void gone(String clientId) {
    if (journal != null) {
      journal.willGone(clientId);
    }
  }

  /**
   * Publishes a will that the broker has left when it ended before this start, at once or after its
   * delay.
   *
   * @param session of the client; null if it has ended
   */
  void restored(@Nullable Session session, ClientIdentity client, Will will, long due, long now) {
    if (session == null || due <= now) {
      gone(client.clientId());
      publish(client, will, KILLED, now); // MQTT 5, 3.1.2.5, permits to publish it at the restart
    } else {
      delay(session, will, due);
    }
  }

  private void delay(Session session, Will will, long due) {
    session.delayedWill = will;
    session.willTimer = timers.at(due, time -> publishDelayed(session, "its delay is over", time));
  }

  /** Publishes, delays or discards the will of a connection that has ended. */
  void release(Session session, @Nullable Will will, DisconnectCause cause, long now) {
    if (will == null) {
      return;
    }
    String clientId = session.clientId();
    gone(clientId);
    if (cause.discardsWill()) {
      observer.willDiscarded(clientId, "client said DISCONNECT"); // [MQTT-3.14.4-3]
      return;
    }
    // The end of the session cuts the delay short: the will is due at whichever comes first.
    long delay = delay(session, will);
    if (delay == 0) {
      publish(session.identity(), will, "", now);
      return;
    }
    delay(session, will, now + delay);
    tell(session);
    observer.willDelayed(clientId, will.message(), delay / 1_000_000_000L);
  }

  /**
   * Decides about the will of a connection whose session another one has taken over: the old one
   * was closed without DISCONNECT, and its will is due, unless the new connection resumes the
   * session before the delay is over. With a delay of 0 no connection can be that early.
   *
   * @param sessionEnds true if the new connection does not resume the session
   */
  void takenOver(Session session, @Nullable Will will, boolean sessionEnds, long now) {
    if (will == null) {
      return;
    }
    gone(session.clientId());
    if (sessionEnds || will.delay().isZero()) {
      publish(session.identity(), will, "", now); // [MQTT-3.1.2-8] [MQTT-3.1.4-3]
    } else {
      discardInTime(session, will);
    }
  }

  /** Discards a delayed will, since the client has resumed its session in time. */
  void cancel(Session session) {
    Will will = takeDelayed(session);
    if (will != null) {
      discardInTime(session, will);
    }
  }

  private void discardInTime(Session session, Will will) {
    long seconds = will.delay().toSeconds();
    observer.willDiscarded( // [MQTT-3.1.3-9]
        session.clientId(),
        "client resumed its session within the will's delay of " + seconds + " s");
  }

  /** Publishes a delayed will, since its session has ended. */
  void sessionEnded(Session session, long now) {
    publishDelayed(session, "its session has ended", now); // [MQTT-3.1.2-8]
  }

  /** Publishes a delayed will and the one of the present connection, since the broker stops. */
  void releaseAtStop(Session session, long now) {
    publishDelayed(session, STOP, now);
    Will will = session.takeWill();
    if (will != null) {
      gone(session.clientId());
      publish(session.identity(), will, STOP, now);
    }
  }

  private void publishDelayed(Session session, String why, long now) {
    Will will = takeDelayed(session);
    if (will != null) {
      publish(session.identity(), will, why, now);
    }
  }

  private @Nullable Will takeDelayed(Session session) {
    Will will = session.delayedWill;
    session.delayedWill = null;
    timers.cancel(session.willTimer);
    session.willTimer = null;
    if (will != null) {
      gone(session.clientId());
    }
    return will;
  }

  private void publish(ClientIdentity client, Will will, String why, long now) {
    Message message = will.publication();
    if (!dispatcher.mayPublish(message.topic(), client)) {
      observer.willDiscarded(
          client.clientId(), "the client may not publish to '" + message.topic() + "'");
      return;
    }
    observer.willPublished(client.clientId(), message, why);
    dispatcher.publish(Publication.ofWill(message, client, now), now);
  }
}
