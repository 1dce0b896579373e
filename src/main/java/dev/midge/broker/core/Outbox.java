package dev.midge.broker.core;

import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.PacketType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The messages for one session: those under way, which wait for acknowledgements, and those that
 * wait for their turn. Outlives connections. Router thread only.
 */
final class Outbox {
  private final Limits limits;
  private final Journal journal;
  private final String clientId;
  private final int highWater; // of a backlog; beyond it, messages will soon be dropped
  private final Backlog queued;
  private final Backlog unwritten;

  private final Map<Integer, Delivery> unacknowledged =
      new LinkedHashMap<>(); // in order of sending
  private final Deque<Delivery> queue = new ArrayDeque<>();
  // After a reconnect: what is unacknowledged from before and was not sent again yet.
  private Deque<Delivery> toResend = new ArrayDeque<>();
  private long unacknowledgedBytes;
  private long queuedBytes;
  private long earliestExpiry = Timers.NEVER;
  private int lastPacketId;

  // Of the present connection.
  private Outgoing outgoing;
  private int receiveMaximum;
  private int underWay;
  private boolean dropping;
  private long written; // packets that the socket had taken at the last look

  Outbox(Limits limits, Journal journal, String clientId) {
    this.limits = limits;
    this.journal = journal;
    this.clientId = clientId;
    int most = limits.maxQueuedMessages();
    this.highWater = most == 0 ? Integer.MAX_VALUE : Math.max(1, most / 2);
    this.queued = new Backlog(() -> outgoing == null ? 0 : queue.size(), highWater);
    this.unwritten = new Backlog(this::lookAtSocket, highWater);
  }

  /**
   * The client is there: sends again what it has not acknowledged, then what was queued.
   *
   * @param receiveMaximum QoS 1 and 2 messages that it accepts at once, 1 to 65535
   */
  void connected(Outgoing to, int receiveMaximum, long now) {
    this.outgoing = to;
    this.receiveMaximum = Math.min(receiveMaximum, limits.inflight());
    underWay = 0;
    dropping = false;
    written = 0;
    toResend = new ArrayDeque<>(unacknowledged.values());
    toResend.forEach(delivery -> delivery.underWay = false);
    sendWhatMayGo(now);
  }

  void disconnected() {
    outgoing = null;
  }

  /** How many packets the socket has not taken; notes how many it has. */
  private int lookAtSocket() {
    if (outgoing == null) {
      return 0;
    }
    long now = outgoing.written();
    unwritten.took(now - written);
    written = now;
    return outgoing.waiting();
  }

  /**
   * Sends a message, or queues it, or drops it, as the limits say.
   *
   * @return what the client falls behind with, if publishers should wait a moment for it; else
   *     null. This is asked for every message: it must cost nothing as long as all is well.
   */
  Backlog deliver(Delivery delivery, long now) {
    if (delivery.qos == Qos.AT_MOST_ONCE && outgoing != null && !waitsItsTurn(delivery, now)) {
      int waiting = outgoing.waiting();
      if (waiting < highWater) {
        outgoing.publish(delivery, false, now);
        return null;
      }
      if (waiting >= limits.maxQueuedMessages()) {
        drop();
      } else {
        outgoing.publish(delivery, false, now);
      }
      return worthWaitingFor(unwritten);
    }
    if (delivery.qos == Qos.AT_MOST_ONCE && outgoing == null && !limits.queueQos0Messages()) {
      return null;
    }
    queueOrStart(delivery, now);
    return queue.size() < highWater ? null : worthWaitingFor(queued);
  }

  /** A will of QoS 0 comes after what its client has sent before, which may still be queued. */
  private boolean waitsItsTurn(Delivery delivery, long now) {
    return delivery.publication.isWill
        && (!queue.isEmpty() || !toResend.isEmpty())
        && hasRoomFor(delivery, now);
  }

  private static Backlog worthWaitingFor(Backlog backlog) {
    return backlog.isWorthWaitingFor() ? backlog : null;
  }

  private void queueOrStart(Delivery delivery, long now) {
    if (outgoing != null && queue.isEmpty() && toResend.isEmpty() && mayStartAnother()) {
      start(delivery, now);
    } else if (hasRoomFor(delivery, now)) {
      queue.addLast(delivery);
      queuedBytes += delivery.payloadLength();
      earliestExpiry = Math.min(earliestExpiry, delivery.publication.expiresAt);
    } else {
      drop();
    }
  }

  private void drop() {
    if (outgoing != null && !dropping) {
      journal.dropping(clientId);
      dropping = true;
    }
  }

  private boolean hasRoomFor(Delivery delivery, long now) {
    if (now >= earliestExpiry) {
      removeExpired(now);
    }
    // What is under way to a client who is there does not count; for one who is away it does.
    int count = queue.size() + (outgoing == null ? unacknowledged.size() : 0);
    long bytes = queuedBytes + (outgoing == null ? unacknowledgedBytes : 0);
    return (limits.maxQueuedMessages() == 0 || count < limits.maxQueuedMessages())
        && (limits.maxQueuedBytes() == 0
            || bytes + delivery.payloadLength() <= limits.maxQueuedBytes());
  }

  /** An expired message frees its place. */
  private void removeExpired(long now) {
    earliestExpiry = Timers.NEVER;
    queue.removeIf(
        delivery -> {
          boolean expired = delivery.publication.isExpired(now);
          if (expired) {
            queuedBytes -= delivery.payloadLength();
          } else {
            earliestExpiry = Math.min(earliestExpiry, delivery.publication.expiresAt);
          }
          return expired;
        });
  }

  private boolean mayStartAnother() {
    return underWay < receiveMaximum // [MQTT-3.3.4-9]
        && (limits.maxInflightBytes() == 0 || unacknowledgedBytes < limits.maxInflightBytes())
        && unacknowledged.size() < 65535;
  }

  private void sendWhatMayGo(long now) {
    while (outgoing != null && !toResend.isEmpty() && underWay < receiveMaximum) {
      resend(toResend.pollFirst(), now);
    }
    while (outgoing != null && toResend.isEmpty() && !queue.isEmpty() && mayStartAnother()) {
      Delivery delivery = queue.pollFirst();
      queuedBytes -= delivery.payloadLength();
      if (delivery.publication.isExpired(now)) {
        continue;
      }
      if (delivery.qos == Qos.AT_MOST_ONCE) {
        outgoing.publish(delivery, false, now);
      } else {
        start(delivery, now);
      }
    }
  }

  private void start(Delivery delivery, long now) {
    delivery.packetId = nextPacketId();
    if (!outgoing.publish(delivery, false, now)) {
      return;
    }
    delivery.underWay = true;
    underWay++;
    unacknowledged.put(delivery.packetId, delivery);
    unacknowledgedBytes += delivery.payloadLength();
  }

  private void resend(Delivery delivery, long now) {
    delivery.underWay = true;
    underWay++;
    if (delivery.released) {
      outgoing.ack(PacketType.PUBREL, delivery.packetId, ReasonCode.SUCCESS);
    } else if (!outgoing.publish(delivery, true, now)) { // [MQTT-4.4.0-1] [MQTT-3.3.1-1]
      finish(delivery);
    }
  }

  private int nextPacketId() {
    do {
      lastPacketId = lastPacketId == 65535 ? 1 : lastPacketId + 1;
    } while (unacknowledged.containsKey(lastPacketId)); // [MQTT-2.2.1-4]
    return lastPacketId;
  }

  private void finish(Delivery delivery) {
    queued.took(1);
    unacknowledged.remove(delivery.packetId);
    unacknowledgedBytes -= delivery.payloadLength();
    if (delivery.underWay) {
      underWay--;
    } else {
      toResend.remove(delivery);
    }
  }

  /**
   * PUBACK, with any reason.
   *
   * @return false if it is the wrong answer to the message under way
   */
  boolean puback(int packetId, long now) {
    Delivery delivery = unacknowledged.get(packetId);
    if (delivery == null) {
      return true;
    }
    if (delivery.qos != Qos.AT_LEAST_ONCE) {
      return false;
    }
    finish(delivery);
    sendWhatMayGo(now);
    return true;
  }

  /**
   * PUBREC: answered with PUBREL, unless the client refused the message.
   *
   * @return false if it is the wrong answer to the message under way
   */
  boolean pubrec(int packetId, int reasonCode, long now) {
    Delivery delivery = unacknowledged.get(packetId);
    if (delivery != null && delivery.qos != Qos.EXACTLY_ONCE) {
      return false;
    }
    if (ReasonCode.isFailure(reasonCode)) {
      if (delivery != null) {
        finish(delivery); // [MQTT-4.3.3-4]: no PUBREL
        sendWhatMayGo(now);
      }
      return true;
    }
    if (delivery != null) {
      delivery.released = true;
      if (!delivery.underWay) {
        toResend.remove(delivery);
        delivery.underWay = true;
        underWay++;
      }
    }
    outgoing.ack(PacketType.PUBREL, packetId, ReasonCode.SUCCESS);
    return true;
  }

  /**
   * PUBCOMP.
   *
   * @return false if it is the wrong answer to the message under way
   */
  boolean pubcomp(int packetId, long now) {
    Delivery delivery = unacknowledged.get(packetId);
    if (delivery == null) {
      return true;
    }
    if (!delivery.released) {
      return false;
    }
    finish(delivery);
    sendWhatMayGo(now);
    return true;
  }
}
