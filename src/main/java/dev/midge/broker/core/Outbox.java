package dev.midge.broker.core;

import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.PacketType;
import java.util.List;

/**
 * The messages for one session: those under way, which wait for acknowledgements, and those that
 * wait for their turn. Outlives connections. Router thread only.
 */
final class Outbox {
  /** Tells the fate of a message. */
  enum Fate {
    /** Sent, or queued. */
    TAKEN,
    /** QoS 0 for one who is away. */
    NOT_KEPT,
    /** Dropped, because too much waits already. */
    FULL,
    /** Dropped, because memory is short. */
    REFUSED
  }

  /** Payload bytes of one client that matter when memory is short. */
  private static final int HEAVY = 64 * 1024;

  private final Limits limits;
  private final BrokerObserver observer;
  private final SharedRedelivery redelivery;
  private final MemoryGuard memoryGuard;
  private final Session session;
  private final SlowSubscriber slowSubscriber;

  private final InflightDeliveries inflight;
  private final PendingQueue queue;
  private final RetainedFetches fetches = new RetainedFetches();

  // Of the present connection.
  private OutgoingPackets outgoing;
  private boolean dropping;

  Outbox(
      Limits limits,
      BrokerObserver observer,
      SharedRedelivery redelivery,
      MemoryGuard memoryGuard,
      Session session) {
    this.limits = limits;
    this.observer = observer;
    this.redelivery = redelivery;
    this.memoryGuard = memoryGuard;
    this.session = session;
    this.inflight = new InflightDeliveries(limits);
    this.queue = new PendingQueue(limits);
    this.slowSubscriber = new SlowSubscriber(limits.maxQueuedMessages(), queue);
  }

  /**
   * The client is there: sends again what it has not acknowledged, then what was queued.
   *
   * @param receiveMaximum QoS 1 and 2 messages that it accepts at once, 1 to 65535
   */
  void connected(OutgoingPackets to, int receiveMaximum, long now) {
    this.outgoing = to;
    dropping = false;
    slowSubscriber.connected(to);
    inflight.connected(receiveMaximum);
    sendWhatMayGo(now);
  }

  void disconnected() {
    outgoing = null;
    slowSubscriber.disconnected();
    if (!limits.queueQos0Messages()) {
      fetches.forgetQos0();
    }
  }

  /** The session has ended. What it owed a shared subscription, somebody else shall get. */
  void ended(long now) {
    List<Delivery> left = inflight.untaken();
    queue.addAllTo(left);
    for (Delivery delivery : left) {
      if (delivery.group != null && !delivery.publication.isExpired(now)) {
        redelivery.lost(delivery, session, now);
      }
    }
  }

  /** The retained messages of a new subscription are to be sent. */
  void fetch(RetainedFetch fetch, long now) {
    fetches.add(fetch);
    sendWhatMayGo(now);
  }

  RetainedFetches fetches() {
    return fetches;
  }

  /** Says whether there is something to send as soon as the socket has room. */
  boolean waitsForSocket() {
    return outgoing != null && mayFetch();
  }

  /** Sends a message, or queues it, or drops it, as the limits say. */
  Fate deliver(Delivery delivery, long now) {
    if (delivery.qos == Qos.AT_MOST_ONCE && outgoing == null && !limits.queueQos0Messages()) {
      return Fate.NOT_KEPT;
    }
    if (outgoing != null && isHeavy() && memoryGuard.refuses(now)) {
      return Fate.REFUSED;
    }
    if (delivery.qos == Qos.AT_MOST_ONCE && outgoing != null && !mustBeQueued(delivery, now)) {
      int waiting = outgoing.waiting();
      if (slowSubscriber.isHigh(waiting) && waiting >= limits.maxQueuedMessages()) {
        return Fate.FULL;
      }
      send(delivery, now);
      return Fate.TAKEN;
    }
    if (outgoing != null
        && queue.isEmpty()
        && !inflight.hasToResend()
        && inflight.mayStartAnother()) {
      start(delivery, now);
    } else if (!hasRoomFor(delivery, now)) {
      return Fate.FULL;
    } else if (memoryGuard.refuses(now)) {
      return Fate.REFUSED;
    } else {
      queue.add(delivery);
    }
    return Fate.TAKEN;
  }

  /** A client that does not read, or does not acknowledge, keeps even what is under way. */
  private boolean isHeavy() {
    return inflight.bytes() > HEAVY || outgoing.isBusy();
  }

  /** Returns the credit of the client after a message of this QoS; null for none. */
  SubscriberCredit slow(Qos qos) {
    return slowSubscriber.slow(qos);
  }

  /** A message found no place, and nobody else takes it. */
  void dropped() {
    fetches.takeNewerToo();
    if (outgoing != null && !dropping) {
      observer.dropping(session.clientId);
      dropping = true;
    }
  }

  /** A will of QoS 0 comes after what its client has sent before, which may still be queued. */
  private boolean mustBeQueued(Delivery delivery, long now) {
    return delivery.publication.isWill
        && (!queue.isEmpty() || inflight.hasToResend())
        && hasRoomFor(delivery, now);
  }

  private boolean hasRoomFor(Delivery delivery, long now) {
    // What is under way to a client who is there does not count; for one who is away it does.
    boolean away = outgoing == null;
    return queue.hasRoomFor(delivery, away ? inflight.size() : 0, away ? inflight.bytes() : 0, now);
  }

  private boolean mayFetch() {
    return queue.isEmpty()
        && !inflight.hasToResend()
        && !fetches.isEmpty()
        && (fetches.first().qos() == Qos.AT_MOST_ONCE || inflight.mayStartAnother());
  }

  /** Sends what the client's window and socket have room for. */
  void sendWhatMayGo(long now) {
    Delivery again;
    while (outgoing != null && (again = inflight.nextToResend()) != null) {
      resend(again, now);
    }
    while (outgoing != null
        && !inflight.hasToResend()
        && !queue.isEmpty()
        && inflight.mayStartAnother()) {
      Delivery delivery = queue.poll();
      if (!delivery.publication.isExpired(now)) {
        send(delivery, now);
      }
    }
    // A piece at a time: others want to be served meanwhile.
    for (int i = 0; outgoing != null && i < RetainedFetches.AT_ONCE && mayFetch(); i++) {
      if (outgoing.isBusy()) {
        return;
      }
      Delivery delivery = fetches.next(limits, now);
      if (delivery != null) {
        send(delivery, now);
      }
    }
  }

  private void send(Delivery delivery, long now) {
    if (delivery.qos != Qos.AT_MOST_ONCE) {
      start(delivery, now);
    } else if (!outgoing.publish(delivery, false, now)) {
      tooLarge(delivery, now);
    }
  }

  private void start(Delivery delivery, long now) {
    delivery.packetId = inflight.nextPacketId();
    if (!outgoing.publish(delivery, false, now)) {
      tooLarge(delivery, now);
      return;
    }
    inflight.started(delivery);
  }

  /** Another member of a group may accept larger packets. */
  private void tooLarge(Delivery delivery, long now) {
    if (delivery.group != null) {
      redelivery.lost(delivery, session, now);
    }
  }

  private void resend(Delivery delivery, long now) {
    if (delivery.released) {
      outgoing.ack(PacketType.PUBREL, delivery.packetId, ReasonCode.SUCCESS);
    } else if (!outgoing.publish(delivery, true, now)) { // [MQTT-4.4.0-1] [MQTT-3.3.1-1]
      finish(delivery);
      if (delivery.qos == Qos.AT_LEAST_ONCE) {
        tooLarge(delivery, now);
      }
    }
  }

  private void finish(Delivery delivery) {
    slowSubscriber.acknowledged();
    inflight.finish(delivery);
  }

  /**
   * PUBACK, with any reason.
   *
   * @return false if it is the wrong answer to the message under way
   */
  boolean puback(int packetId, long now) {
    Delivery delivery = inflight.find(packetId);
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
    Delivery delivery = inflight.find(packetId);
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
      inflight.released(delivery);
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
    Delivery delivery = inflight.find(packetId);
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
