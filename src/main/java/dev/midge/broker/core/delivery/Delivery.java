package dev.midge.broker.core.delivery;

import dev.midge.mqtt.Qos;

/** One copy of a message for one session, queued or inflight. Belongs to an {@link Outbox}. */
public class Delivery {
  final Publication publication;
  final Qos qos;
  final boolean retain;
  final int subscriptionId;

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

  final int payloadLength() {
    return publication.payloadLength();
  }

  /**
   * Offers the message to another member of the shared subscription that it came by, since this
   * session cannot take it; does nothing for an ordinary subscription.
   */
  protected void redeliver(long now) {}
}
