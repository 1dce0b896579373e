package dev.midge.broker.core.topics;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.delivery.Delivery;
import dev.midge.broker.core.delivery.Outbox;
import dev.midge.broker.core.delivery.RetainedSource;
import dev.midge.broker.core.delivery.SavedDelivery;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes deliveries of what a journal has told of them. Router thread only. */
public final class RestoredDeliveries {
  private final Subscriptions subscriptions;
  private final Fanout fanout;
  private final Retained retained;
  private final Limits limits;
  private final boolean checksSource;

  /**
   * @param checksSource whether a retained message is left out whose publisher may not write its
   *     topic now
   */
  public RestoredDeliveries(
      Subscriptions subscriptions,
      Fanout fanout,
      Retained retained,
      Limits limits,
      boolean checksSource) {
    this.subscriptions = subscriptions;
    this.fanout = fanout;
    this.retained = retained;
    this.limits = limits;
    this.checksSource = checksSource;
  }

  /** Returns the source of the retained messages that one subscription is still to get. */
  public RetainedSource fetch(
      Supplier<SessionSubscription> subscription,
      long newest,
      @Nullable String after,
      boolean includesNewer) {
    return new RetainedFetch(
        retained, subscription, limits, checksSource, newest, after, includesNewer);
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
