package dev.midge.broker.core;

import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;

/**
 * A subscription that a session holds.
 *
 * @param identifier Subscription Identifier, 1 to 268435455; 0 for none
 */
record Held(Session session, Subscription subscription, int identifier) {

  Qos qos() {
    return subscription.qos();
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
