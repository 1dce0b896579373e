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
   * another member of its group, if there is still one.
   */
  public Delivery of(SavedDelivery saved, Outbox outbox) {
    String filter = saved.sharedFilter();
    SharedGroup group = filter == null ? null : subscriptions.group(filter);
    return filter == null || group == null
        ? new Delivery(saved.publication(), saved.qos(), saved.retain(), saved.subscriptionId())
        : new SharedDelivery(saved, filter, group, outbox, fanout);
  }
}
