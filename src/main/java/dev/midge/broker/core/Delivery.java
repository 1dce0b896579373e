package dev.midge.broker.core;

import dev.midge.mqtt.Qos;
import java.util.Set;

/** One copy of a message for one session, queued or under way. Belongs to an {@link Outbox}. */
final class Delivery {
  final Publication publication;
  final Qos qos;
  final boolean retain;

  /** Subscription Identifier; 0 for none. */
  final int subscriptionId;

  /** Of the shared subscription that it came by; null for none. */
  SharedGroup group;

  /** The members of the group who could not take it; null for none. */
  Set<Session> refused;

  /** 0 until it is sent for the first time. */
  int packetId;

  /** QoS 2: PUBREC has come, PUBCOMP has not. */
  boolean released;

  /** Whether it was sent in the present connection, and so counts against Receive Maximum. */
  boolean underWay;

  Delivery(Publication publication, Qos qos, boolean retain, int subscriptionId) {
    this.publication = publication;
    this.qos = qos;
    this.retain = retain;
    this.subscriptionId = subscriptionId;
  }

  int payloadLength() {
    return publication.payloadLength();
  }
}
