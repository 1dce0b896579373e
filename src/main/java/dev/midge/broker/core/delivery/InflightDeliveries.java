package dev.midge.broker.core.delivery;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.SeldomQueue;
import dev.midge.mqtt.Qos;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The QoS 1 and 2 messages of one session that were sent and are not acknowledged, by packet
 * identifier. Outlives connections. Belongs to an {@link Outbox}.
 */
final class InflightDeliveries {
  private static final int MAX_PACKET_ID = 65535;

  private final Limits limits;
  private final Map<Integer, Delivery> unacknowledged =
      new LinkedHashMap<>(); // in order of sending
  // After a reconnect: unacknowledged messages that were not sent again yet.
  private final SeldomQueue<Delivery> toResend = new SeldomQueue<>();
  private long bytes;
  private int lastPacketId;
  private @Nullable SessionJournal journal;

  // Of the present connection.
  private int receiveMaximum;
  private int sent;

  InflightDeliveries(Limits limits) {
    this.limits = limits;
  }

  /** Begins a connection: all that is unacknowledged has to be sent again. */
  void connected(int newReceiveMaximum) {
    receiveMaximum = Math.min(newReceiveMaximum, limits.inflight());
    sent = 0;
    toResend.clear();
    for (Delivery delivery : unacknowledged.values()) {
      delivery.sentInConnection = false;
      toResend.addLast(delivery);
    }
  }

  void journal(@Nullable SessionJournal newJournal) {
    journal = newJournal;
  }

  int lastPacketId() {
    return lastPacketId;
  }

  void lastPacketId(int packetId) {
    lastPacketId = packetId;
  }

  /** Returns all that is unacknowledged, in the order of sending. */
  Collection<Delivery> all() {
    return unacknowledged.values();
  }

  int size() {
    return unacknowledged.size();
  }

  /** Returns the payload bytes of all that is unacknowledged. */
  long bytes() {
    return bytes;
  }

  /** Returns the deliveries that the client cannot have taken, which may be given to another. */
  List<Delivery> untaken() {
    List<Delivery> untaken = new ArrayList<>();
    for (Delivery delivery : unacknowledged.values()) {
      if (delivery.qos != Qos.EXACTLY_ONCE) { // [MQTT-4.8.2-5]
        untaken.add(delivery);
      }
    }
    return untaken;
  }

  /** Tells whether new messages must wait until older ones were sent again. */
  boolean hasToResend() {
    return !toResend.isEmpty();
  }

  /** Returns the next message to send again, counted as sent; null if none may be sent now. */
  @Nullable Delivery nextToResend() {
    if (sent >= receiveMaximum) {
      return null;
    }
    Delivery delivery = toResend.pollFirst();
    if (delivery != null) {
      countAsSent(delivery);
    }
    return delivery;
  }

  private void countAsSent(Delivery delivery) {
    delivery.sentInConnection = true;
    sent++;
  }

  boolean hasRoom() {
    return sent < receiveMaximum // [MQTT-3.3.4-9]
        && (limits.maxInflightBytes() == 0 || bytes < limits.maxInflightBytes())
        && unacknowledged.size() < MAX_PACKET_ID;
  }

  int nextPacketId() {
    do {
      lastPacketId = lastPacketId == MAX_PACKET_ID ? 1 : lastPacketId + 1;
    } while (unacknowledged.containsKey(lastPacketId)); // [MQTT-2.2.1-4]
    return lastPacketId;
  }

  /** Adds a message that was sent for the first time, with its packet identifier. */
  void add(Delivery delivery) {
    countAsSent(delivery);
    put(delivery);
    if (journal != null) {
      journal.journal().sent(journal.session(), delivery.saved());
    }
  }

  /** Adds a message that was sent before the broker has begun. */
  void restore(Delivery delivery) {
    lastPacketId = delivery.packetId;
    put(delivery);
  }

  private void put(Delivery delivery) {
    unacknowledged.put(delivery.packetId, delivery);
    bytes += delivery.payloadLength();
  }

  /** Returns the message with this packet identifier; null if none is inflight. */
  @Nullable Delivery find(int packetId) {
    return unacknowledged.get(packetId);
  }

  /** Notes a PUBREC, which may come before the message was sent again. */
  void released(Delivery delivery) {
    if (journal != null && !delivery.released) {
      journal.journal().released(journal.session(), delivery.packetId);
    }
    delivery.released = true;
    if (!delivery.sentInConnection) {
      toResend.remove(delivery);
      countAsSent(delivery);
    }
  }

  /** Removes a message that is delivered. */
  void remove(Delivery delivery) {
    unacknowledged.remove(delivery.packetId);
    bytes -= delivery.payloadLength();
    if (journal != null) {
      journal.journal().finished(journal.session(), delivery.packetId);
    }
    if (delivery.sentInConnection) {
      sent--;
    } else {
      toResend.remove(delivery);
    }
  }
}
