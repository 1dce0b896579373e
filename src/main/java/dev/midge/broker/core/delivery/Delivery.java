package dev.midge.broker.core.delivery;

import dev.midge.mqtt.Qos;
import org.jspecify.annotations.Nullable;

/** One copy of a message for one session, queued or inflight. Belongs to an {@link Outbox}. */
public class Delivery {
  final Publication publication;
  final Qos qos;
  final boolean retain;
  final int subscriptionId;

  /** Its number in the session's queue; 0 if it was never there. */
  long number;

  /** 0 until it is sent for the first time. */
  int packetId;

  /** True between PUBREC and PUBCOMP of a QoS 2 message. */
  boolean released;

  /** True if it was sent in the present connection, and so counts against Receive Maximum. */
  boolean sentInConnection;

  /**
   * @param subscriptionId Subscription Identifier; 0 for none
   */
  public Delivery(Publication publication, Qos qos, boolean retain, int subscriptionId) {
    this.publication = publication;
    this.qos = qos;
    this.retain = retain;
    this.subscriptionId = subscriptionId;
  }

  public final Publication publication() {
    return publication;
  }

  public final Qos qos() {
    return qos;
  }

  /** Returns the filter of the shared subscription that it came by; null for an ordinary one. */
  protected @Nullable String sharedFilter() {
    return null;
  }

  /** Returns it as a value. */
  final SavedDelivery saved() {
    return new SavedDelivery(
        publication, qos, retain, subscriptionId, sharedFilter(), number, packetId, released);
  }

  final int payloadLength() {
    return publication.payloadLength();
  }

  /**
   * Offers the message to another member of the shared subscription that it came by, since this
   * session cannot take it; does nothing for an ordinary subscription.
   */
  protected void redeliver(long now) {}
}
