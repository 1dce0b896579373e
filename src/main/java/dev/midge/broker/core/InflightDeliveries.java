package dev.midge.broker.core;

import dev.midge.mqtt.Qos;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The QoS 1 and 2 messages of one session that were sent and wait for their acknowledgements, by
 * packet identifier. Outlives connections. Belongs to an {@link Outbox}.
 */
final class InflightDeliveries {
  private static final int MOST = 65535;

  private final Limits limits;
  private final Map<Integer, Delivery> unacknowledged =
      new LinkedHashMap<>(); // in order of sending
  // After a reconnect: what is unacknowledged from before and was not sent again yet.
  private Deque<Delivery> toResend = new ArrayDeque<>();
  private long bytes;
  private int lastPacketId;

  // Of the present connection.
  private int receiveMaximum;
  private int underWay;

  InflightDeliveries(Limits limits) {
    this.limits = limits;
  }

  /** All that is unacknowledged has to be sent again. */
  void connected(int newReceiveMaximum) {
    receiveMaximum = Math.min(newReceiveMaximum, limits.inflight());
    underWay = 0;
    toResend = new ArrayDeque<>(unacknowledged.values());
    toResend.forEach(delivery -> delivery.underWay = false);
  }

  int size() {
    return unacknowledged.size();
  }

  long bytes() {
    return bytes;
  }

  /**
   * Returns the deliveries that the client has certainly not taken, which may be given to another.
   */
  List<Delivery> untaken() {
    List<Delivery> untaken = new ArrayList<>();
    for (Delivery delivery : unacknowledged.values()) {
      if (delivery.qos != Qos.EXACTLY_ONCE) { // [MQTT-4.8.2-5]
        untaken.add(delivery);
      }
    }
    return untaken;
  }

  /** Says whether what comes next must wait for older messages. */
  boolean hasToResend() {
    return !toResend.isEmpty();
  }

  /** The next one to be sent again, which is under way then; null for none that may. */
  Delivery nextToResend() {
    if (toResend.isEmpty() || underWay >= receiveMaximum) {
      return null;
    }
    Delivery delivery = toResend.pollFirst();
    isUnderWay(delivery);
    return delivery;
  }

  private void isUnderWay(Delivery delivery) {
    delivery.underWay = true;
    underWay++;
  }

  boolean mayStartAnother() {
    return underWay < receiveMaximum // [MQTT-3.3.4-9]
        && (limits.maxInflightBytes() == 0 || bytes < limits.maxInflightBytes())
        && unacknowledged.size() < MOST;
  }

  int nextPacketId() {
    do {
      lastPacketId = lastPacketId == 65535 ? 1 : lastPacketId + 1;
    } while (unacknowledged.containsKey(lastPacketId)); // [MQTT-2.2.1-4]
    return lastPacketId;
  }

  /** A message with its packet identifier was sent for the first time. */
  void started(Delivery delivery) {
    isUnderWay(delivery);
    unacknowledged.put(delivery.packetId, delivery);
    bytes += delivery.payloadLength();
  }

  /** Null for none. */
  Delivery find(int packetId) {
    return unacknowledged.get(packetId);
  }

  /** PUBREC has come, perhaps before the message was sent again. */
  void released(Delivery delivery) {
    delivery.released = true;
    if (!delivery.underWay) {
      toResend.remove(delivery);
      isUnderWay(delivery);
    }
  }

  /** The message is delivered. */
  void finish(Delivery delivery) {
    unacknowledged.remove(delivery.packetId);
    bytes -= delivery.payloadLength();
    if (delivery.underWay) {
      underWay--;
    } else {
      toResend.remove(delivery);
    }
  }
}
