package dev.midge.broker.core;

import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;

/**
 * A subscription that a session holds.
 *
 * @param identifier Subscription Identifier, 1 to 268435455; 0 for none
 */
record SessionSubscription(Session session, Subscription options, int identifier) {

  Qos qos() {
    return options.qos();
  }

  /** Says whether the subscription does not want the message, because it is the session's own. */
  boolean isOwn(Publication publication) {
    return options.noLocal() && session.clientId.equals(publication.publisher);
  }

  /** A copy of the message for this options. */
  Delivery delivery(Publication publication, boolean retain, Limits limits) {
    Qos granted =
        limits.upgradeOutgoingQos()
            ? qos()
            : qos().min(publication.message.qos()); // [MQTT-3.8.4-8]
    return new Delivery(publication, granted, retain, identifier);
  }

  /** A copy of a message that has just been published. */
  Delivery live(Publication publication, Limits limits) {
    boolean retain = options.retainAsPublished() && publication.message.retain();
    return delivery(publication, retain, limits); // [MQTT-3.3.1-12] [MQTT-3.3.1-13]
  }

  /** Two holdings are the same only if they are the same object: sessions have no values. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
