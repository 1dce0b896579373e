package dev.midge.broker.core.topics;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.delivery.Delivery;
import dev.midge.broker.core.delivery.Outbox;
import dev.midge.broker.core.delivery.Publication;
import dev.midge.broker.core.delivery.SavedDelivery;
import java.util.HashSet;
import java.util.Set;

/** A copy of a message for one member of a shared subscription. */
final class SharedDelivery extends Delivery {
  /** Finds other members for messages that one cannot take. */
  interface Redelivery {
    void redeliver(SharedDelivery delivery, long now);
  }

  final SharedGroup group;
  private final String filter;
  private final Outbox member;
  private final Set<Outbox> refused; // the members before this one that could not take it
  private final Redelivery redelivery;

  SharedDelivery(
      Publication publication,
      SessionSubscription subscription,
      SharedGroup group,
      Set<Outbox> refused,
      Redelivery redelivery,
      Limits limits) {
    super(
        publication,
        subscription.grantedQos(publication, limits),
        subscription.liveRetain(publication),
        subscription.identifier());
    this.group = group;
    this.filter = subscription.filter();
    this.member = subscription.outbox();
    this.refused = refused;
    this.redelivery = redelivery;
  }

  /** Makes one that was in an outbox before the broker has begun. */
  SharedDelivery(
      SavedDelivery saved, String filter, SharedGroup group, Outbox member, Redelivery redelivery) {
    super(saved.publication(), saved.qos(), saved.retain(), saved.subscriptionId());
    this.group = group;
    this.filter = filter;
    this.member = member;
    this.refused = Set.of();
    this.redelivery = redelivery;
  }

  @Override
  protected String sharedFilter() {
    return filter;
  }

  @Override
  protected void redeliver(long now) {
    redelivery.redeliver(this, now);
  }

  /** Returns all members that cannot take the message, this one among them. */
  Set<Outbox> refusedByAll() {
    Set<Outbox> all = new HashSet<>(refused);
    all.add(member);
    return all;
  }
}
