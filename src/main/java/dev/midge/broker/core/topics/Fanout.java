package dev.midge.broker.core.topics;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.delivery.Delivery;
import dev.midge.broker.core.delivery.DeliveryResult;
import dev.midge.broker.core.delivery.Outbox;
import dev.midge.broker.core.delivery.Publication;
import dev.midge.broker.core.delivery.SubscriberCredit;
import dev.midge.mqtt.ReasonCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Delivers each message to all matching subscriptions, and to one member of each group. Router
 * thread only; no method calls itself through an {@link Outbox}, however many members of a group
 * refuse a message.
 */
public final class Fanout implements SharedDelivery.Redelivery {
  private Limits limits;
  private final Deque<SharedDelivery> toRedeliver = new ArrayDeque<>();
  private boolean redelivering;
  private @Nullable SubscriberCredit slowSubscriber;

  public Fanout(Limits limits) {
    this.limits = limits;
  }

  /** Puts other limits in force, for messages from now on. */
  public void replaceLimits(Limits others) {
    limits = others;
  }

  /**
   * Delivers a message that has just been published.
   *
   * @return the reason code for PUBACK: no matching subscription; quota exceeded, if all
   *     subscribers are away and have full queues, or were refused; or success
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
      Outbox outbox = subscription.outbox();
      if (subscription.isOwn(publication) || !outbox.mayRead(publication)) {
        continue; // [MQTT-3.8.3-3]
      }
      boolean away = !outbox.isConnected();
      DeliveryResult result = deliver(outbox, subscription.live(publication, limits), now);
      if (result.isDropped()) {
        outbox.dropped();
        full |= away || result == DeliveryResult.REFUSED;
      }
      taken |= result == DeliveryResult.TAKEN;
    }
    for (int i = 0; i < matches.shared().size(); i++) {
      DeliveryResult result = deliver(publication, matches.shared().get(i), Set.of(), now);
      taken |= result == DeliveryResult.TAKEN;
      full |= result == DeliveryResult.FULL;
    }
    return full && !taken ? ReasonCode.QUOTA_EXCEEDED : ReasonCode.SUCCESS;
  }

  /**
   * Returns one subscription for each client of MQTT 3, the one with the highest QoS: 3.1.1
   * [MQTT-3.3.5-1].
   */
  private static List<SessionSubscription> withoutDuplicates(List<SessionSubscription> matches) {
    Map<Outbox, SessionSubscription> best = new HashMap<>();
    for (SessionSubscription each : matches) {
      best.merge(each.outbox(), each, (a, b) -> b.qos().compareTo(a.qos()) > 0 ? b : a);
    }
    return matches.stream()
        .filter(each -> each.outbox().isV5() || best.get(each.outbox()) == each)
        .toList();
  }

  /**
   * Delivers a message to one member of a group.
   *
   * @param refused members that cannot take it
   * @return full if the queues of all others are full; not kept if they may not read the topic
   */
  private DeliveryResult deliver(
      Publication publication, SharedGroup group, Set<Outbox> refused, long now) {
    Set<Outbox> asked = refused;
    Outbox first = null;
    SessionSubscription member;
    while ((member = group.next(asked)) != null) {
      Outbox outbox = member.outbox();
      if (outbox.mayRead(publication)) {
        Delivery delivery = new SharedDelivery(publication, member, group, asked, this, limits);
        if (!deliver(outbox, delivery, now).isDropped()) {
          return DeliveryResult.TAKEN;
        }
        first = first == null ? outbox : first;
      }
      asked = new HashSet<>(asked);
      asked.add(outbox);
    }
    if (first == null) {
      return DeliveryResult.NOT_KEPT;
    }
    first.dropped();
    return DeliveryResult.FULL;
  }

  private DeliveryResult deliver(Outbox outbox, Delivery delivery, long now) {
    DeliveryResult result = outbox.deliver(delivery, now);
    SubscriberCredit credit = outbox.credit(delivery.qos());
    if (credit != null
        && (slowSubscriber == null || credit.earned() > slowSubscriber.earned())
        && !outbox.clientId().equals(delivery.publication().publisher().clientId())) {
      slowSubscriber = credit; // a client that waits for itself would not read its own PUBACKs
    }
    return result;
  }

  @Override
  public void redeliver(SharedDelivery delivery, long now) {
    toRedeliver.addLast(delivery);
    if (redelivering) {
      return;
    }
    redelivering = true;
    try {
      SharedDelivery next;
      while ((next = toRedeliver.pollFirst()) != null) {
        deliver(next.publication(), next.group, next.refusedByAll(), now);
      }
    } finally {
      redelivering = false;
    }
  }

  /**
   * Returns the slow subscriber that is most worth waiting for, of those that got messages since
   * the last call; null if all keep up.
   */
  public @Nullable SubscriberCredit takeSlowSubscriber() {
    SubscriberCredit taken = slowSubscriber;
    slowSubscriber = null;
    return taken;
  }
}
