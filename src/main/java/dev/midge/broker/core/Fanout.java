package dev.midge.broker.core;

import dev.midge.mqtt.ReasonCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands each message to all who want it, and to one of each group. Router thread only; no method
 * calls itself through an {@link Outbox}, however many members of a group refuse a message.
 */
final class Fanout implements SharedRedelivery {
  private final Limits limits;
  private final Deque<Delivery> lost = new ArrayDeque<>();
  private boolean busy; // finding other members
  private SubscriberCredit slowSubscriber;

  Fanout(Limits limits) {
    this.limits = limits;
  }

  /**
   * Delivers a message that has just been published.
   *
   * @return as PUBACK says it: no matching subscription; none but such as are absent and have full
   *     queues, or had to be refused; or success
   */
  int deliver(Publication publication, Subscriptions.Matches matches, long now) {
    if (matches.isEmpty()) {
      return ReasonCode.NO_MATCHING_SUBSCRIBERS;
    }
    List<SessionSubscription> plain = matches.plain();
    if (!limits.allowDuplicateMessages()) {
      plain = withoutDuplicates(plain);
    }
    boolean taken = false;
    boolean full = false;
    for (int i = 0; i < plain.size(); i++) {
      SessionSubscription subscription = plain.get(i);
      if (subscription.isOwn(publication)) {
        continue; // [MQTT-3.8.3-3]
      }
      boolean away = !subscription.session().isConnected();
      Outbox.Fate fate = handTo(subscription, subscription.live(publication, limits), now);
      if (isDropped(fate)) {
        subscription.session().outbox.dropped();
        full |= away || fate == Outbox.Fate.REFUSED;
      }
      taken |= fate == Outbox.Fate.TAKEN;
    }
    for (int i = 0; i < matches.shared().size(); i++) {
      SharedGroup group = matches.shared().get(i);
      boolean found = deliver(publication, group, Set.of(), now);
      taken |= found;
      full |= !found;
    }
    return full && !taken ? ReasonCode.QUOTA_EXCEEDED : ReasonCode.SUCCESS;
  }

  /**
   * One subscription for each client of MQTT 3, the one with the highest QoS: 3.1.1 [MQTT-3.3.5-1].
   */
  private static List<SessionSubscription> withoutDuplicates(List<SessionSubscription> matches) {
    Map<Session, SessionSubscription> best = new HashMap<>();
    for (SessionSubscription subscription : matches) {
      best.merge(
          subscription.session(), subscription, (a, b) -> b.qos().compareTo(a.qos()) > 0 ? b : a);
    }
    return matches.stream()
        .filter(
            subscription ->
                subscription.session().isV5 || best.get(subscription.session()) == subscription)
        .toList();
  }

  /**
   * Finds the member of a group who takes the message.
   *
   * @param refused who cannot
   * @return false if all their queues are full
   */
  private boolean deliver(
      Publication publication, SharedGroup group, Set<Session> refused, long now) {
    Set<Session> asked = refused;
    SessionSubscription first = null;
    SessionSubscription subscription;
    while ((subscription = group.next(asked)) != null) {
      Delivery delivery = subscription.live(publication, limits);
      delivery.group = group;
      delivery.refused = asked;
      if (!isDropped(handTo(subscription, delivery, now))) {
        return true;
      }
      first = first == null ? subscription : first;
      asked = new HashSet<>(asked);
      asked.add(subscription.session());
    }
    if (first != null) {
      first.session().outbox.dropped();
    }
    return false;
  }

  private static boolean isDropped(Outbox.Fate fate) {
    return fate == Outbox.Fate.FULL || fate == Outbox.Fate.REFUSED;
  }

  private Outbox.Fate handTo(SessionSubscription subscription, Delivery delivery, long now) {
    Outbox outbox = subscription.session().outbox;
    Outbox.Fate fate = outbox.deliver(delivery, now);
    SubscriberCredit credit = outbox.slow(delivery.qos);
    if (credit != null
        && (slowSubscriber == null || credit.earned() > slowSubscriber.earned())
        && !subscription.session().clientId.equals(delivery.publication.publisher)) {
      slowSubscriber = credit; // who waits for itself would not read its own acknowledgements
    }
    return fate;
  }

  @Override
  public void lost(Delivery delivery, Session by, long now) {
    delivery.refused = new HashSet<>(delivery.refused);
    delivery.refused.add(by);
    lost.addLast(delivery);
    if (busy) {
      return;
    }
    busy = true;
    try {
      Delivery next;
      while ((next = lost.pollFirst()) != null) {
        deliver(next.publication, next.group, next.refused, now);
      }
    } finally {
      busy = false;
    }
  }

  /** Of those who fell behind with the last message, the one most worth waiting for; or null. */
  SubscriberCredit takeSlowSubscriber() {
    SubscriberCredit taken = slowSubscriber;
    slowSubscriber = null;
    return taken;
  }
}
