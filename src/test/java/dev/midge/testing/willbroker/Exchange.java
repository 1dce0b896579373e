package dev.midge.testing.willbroker;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.testing.willbroker.Behaviour.Denial;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes messages to the sessions that subscribe to them, and keeps the retained ones. Guarded by
 * the lock of the broker.
 */
final class Exchange {
  private static final int PLAIN_PAYLOAD = 1000;

  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final RetainedMessages retained = new RetainedMessages();
  private final Receivers receivers = new Receivers();
  private final Behaviour behaviour;
  private final Alterations alterations;

  Exchange(Behaviour behaviour, Alterations alterations) {
    this.behaviour = behaviour;
    this.alterations = alterations;
    byte[] version = "will broker (test)".getBytes(StandardCharsets.UTF_8);
    retained.put(
        Message.of("$SYS/broker/version", version, Qos.EXACTLY_ONCE, true), System.nanoTime());
  }

  Session session(String clientId) {
    return sessions.get(clientId);
  }

  Collection<Session> sessions() {
    return sessions.values();
  }

  void add(Session session) {
    sessions.put(session.clientId, session);
  }

  void remove(Session session) {
    sessions.remove(session.clientId, session);
  }

  /** Passes a message of a client on. */
  void publish(Session sender, Message message) {
    long now = System.nanoTime();
    if (message.retain()) {
      retained.put(message, now);
    }
    for (Receivers.Receiver receiver :
        receivers.of(message.topic(), sender, sessions.values(), false)) {
      deliver(receiver, message, message.retain() && receiver.retainAsPublished, now);
    }
  }

  /** Publishes a will as its client would have done. */
  void publish(Session sender, Will will) {
    Message message = alterations.altered(will);
    if (message == null || behaviour.denies(Denial.PUBLISH, message.topic())) {
      return;
    }
    boolean plain = isPlain(sender, will);
    boolean fresh = !retained.has(message.topic());
    long now = System.nanoTime(); // [MQTT-3.3.2-5]: expiry counts from the publication
    if (message.retain() && alterations.retains(message, fresh)) { // [MQTT-3.1.2-15]
      retained.put(alterations.stored(message), alterations.storedAt(sender, now));
    }
    boolean flagged = message.retain() && alterations.flagsLiveCopies(message, fresh);
    for (Receivers.Receiver receiver :
        alterations.receivers(
            sender,
            receivers.of(
                message.topic(), sender, sessions.values(), alterations.servesWholeGroups()))) {
      receiver.granted = plain ? alterations.granted(message, receiver.granted) : receiver.granted;
      boolean flag = message.retain() && receiver.retainAsPublished || flagged;
      for (int copy = plain ? alterations.copies(message) : 1; copy > 0; copy--) {
        deliver(receiver, message, flag, now);
      }
    }
  }

  /** Tells whether a will is plain, as {@link Breach} uses the word. */
  boolean isPlain(Session sender, Will will) {
    Message message = will.message();
    return !message.retain()
        && message.properties().isEmpty()
        && message.payload().length > 0
        && message.payload().length <= PLAIN_PAYLOAD
        && !sender.isKept()
        && sender.published == 0
        && receivers.of(message.topic(), sender, sessions.values(), true).size() == 1;
  }

  /** Sends the retained messages that a new subscription asks for. */
  void sendRetained(Session session, Session.Held held) {
    Subscription subscription = held.subscription();
    List<Long> identifiers = held.identifier() > 0 ? List.of(held.identifier()) : List.of();
    for (RetainedMessages.Stored stored : retained.matching(subscription.filter())) {
      Message message = stored.message();
      if (!behaviour.denies(Denial.READ, message.topic())) {
        Qos qos = message.qos().min(subscription.qos());
        Delivery delivery = Delivery.of(message, qos, true, identifiers, stored.born());
        if (!delivery.isExpired()) {
          session.deliver(delivery); // [MQTT-3.3.1-8]
        }
      }
    }
  }

  private void deliver(Receivers.Receiver receiver, Message message, boolean retain, long born) {
    if (!behaviour.denies(Denial.READ, message.topic())) {
      Qos qos = message.qos().min(receiver.granted); // [MQTT-3.8.4-8]
      receiver.session.deliver(
          Delivery.of(message, qos, retain, receiver.identifiers, born)); // [MQTT-3.3.1-12]
    }
  }
}
