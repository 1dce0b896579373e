package dev.midge.broker.core.topics;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.delivery.Delivery;
import dev.midge.broker.core.delivery.Outbox;
import dev.midge.broker.core.delivery.Publication;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;

/**
 * A subscription of a session.
 *
 * @param outbox the session's
 * @param options as granted
 * @param identifier Subscription Identifier, 1 to 268435455; 0 for none
 */
public record SessionSubscription(Outbox outbox, Subscription options, int identifier) {

  String filter() {
    return options.filter();
  }

  Qos qos() {
    return options.qos();
  }

  /** Tells whether No Local keeps the message from its own publisher. */
  boolean isOwn(Publication publication) {
    return options.noLocal() && outbox.clientId().equals(publication.publisher().clientId());
  }

  Qos grantedQos(Publication publication, Limits limits) {
    return limits.upgradeOutgoingQos()
        ? qos()
        : qos().min(publication.message().qos()); // [MQTT-3.8.4-8]
  }

  /** Returns the RETAIN flag of a copy of a message that has just been published. */
  boolean liveRetain(Publication publication) {
    return options.retainAsPublished()
        && publication.message().retain(); // [MQTT-3.3.1-12] [MQTT-3.3.1-13]
  }

  /** Makes a copy of a message that has just been published. */
  Delivery live(Publication publication, Limits limits) {
    return new Delivery(
        publication, grantedQos(publication, limits), liveRetain(publication), identifier);
  }

  /** Makes a copy of a retained message. */
  Delivery retained(Publication publication, Limits limits) {
    return new Delivery(
        publication, grantedQos(publication, limits), true, identifier); // [MQTT-3.3.1-8]
  }

  /** Two subscriptions are the same only if they are the same object: outboxes have no values. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
