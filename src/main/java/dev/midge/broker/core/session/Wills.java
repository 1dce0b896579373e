package dev.midge.broker.core.session;

import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.delivery.Publication;
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

  private final Dispatcher dispatcher;
  private final Timers timers;
  private final BrokerObserver observer;

  public Wills(Dispatcher dispatcher, Timers timers, BrokerObserver observer) {
    this.dispatcher = dispatcher;
    this.timers = timers;
    this.observer = observer;
  }

  /** Publishes, delays or discards the will of a connection that has ended. */
  void release(Session session, @Nullable Will will, DisconnectCause cause, long now) {
    if (will == null) {
      return;
    }
    String clientId = session.clientId();
    if (cause.discardsWill()) {
      observer.willDiscarded(clientId, "client said DISCONNECT"); // [MQTT-3.14.4-3]
      return;
    }
    // The end of the session cuts the delay short: the will is due at whichever comes first.
    long delay = Math.min(will.delay().toNanos(), session.expiry); // [MQTT-3.1.2-8] [MQTT-3.1.3-9]
    if (delay == 0) {
      publish(session.identity(), will, "", now);
      return;
    }
    session.delayedWill = will;
    session.willTimer =
        timers.at(now + delay, time -> publishDelayed(session, "its delay is over", time));
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
