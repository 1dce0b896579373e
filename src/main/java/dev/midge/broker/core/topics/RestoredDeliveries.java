package dev.midge.broker.core.topics;

import dev.midge.broker.core.delivery.Delivery;
import dev.midge.broker.core.delivery.Outbox;
import dev.midge.broker.core.delivery.SavedDelivery;

/** Makes deliveries of what a journal has told of them. Router thread only. */
public final class RestoredDeliveries {
  private final Subscriptions subscriptions;
  private final Fanout fanout;

  public RestoredDeliveries(Subscriptions subscriptions, Fanout fanout) {
    this.subscriptions = subscriptions;
    this.fanout = fanout;
  }

  /**
   * Returns the delivery for the session of an outbox. One by a shared subscription can go to
   * another member of its group.
   */
  public Delivery of(SavedDelivery saved, Outbox outbox) {
    String filter = saved.sharedFilter();
    if (filter == null) {
      return new Delivery(saved.publication(), saved.qos(), saved.retain(), saved.subscriptionId());
    }
    SharedGroup group = subscriptions.group(filter);
    SharedGroup others = group == null ? new SharedGroup() : group;
    return new SharedDelivery(saved, filter, others, outbox, fanout);
  }
}
