package dev.midge.broker.core.delivery;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.MemoryGuard;
import dev.midge.broker.inspect.SessionSnapshot.Waiting;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages for one session: the inflight ones, the queued ones, and retained messages for new
 * subscriptions. Outlives connections. Router thread only.
 */
public final class Outbox {
  /** Inflight payload bytes of one client above which it is refused more when memory is short. */
  private static final int MANY_BYTES = 64 * 1024;

  /** Retained messages that are sent at once, so that other clients are served meanwhile. */
  private static final int RETAINED_AT_ONCE = 200;

  private final Limits limits;
  private final BrokerObserver observer;
  private final MemoryGuard memoryGuard;
  private final SlowSubscriber slowSubscriber;
  private final InflightDeliveries inflight;
  private final PendingQueue queue;
  private final RetainedFetches retained = new RetainedFetches();
  private ClientIdentity client;
  private boolean isV5;

  // Of the present connection.
  private @Nullable OutgoingPackets outgoing;
  private boolean dropping;

  public Outbox(String clientId, Limits limits, BrokerObserver observer, MemoryGuard memoryGuard) {
    this.client = ClientIdentity.of(clientId);
    this.limits = limits;
    this.observer = observer;
    this.memoryGuard = memoryGuard;
    this.inflight = new InflightDeliveries(limits);
    this.queue = new PendingQueue(limits);
    this.slowSubscriber = new SlowSubscriber(limits.maxQueuedMessages(), queue);
  }

  public String clientId() {
    return client.clientId();
  }

  /** Returns the client as its present or last connection has introduced it. */
  public ClientIdentity client() {
    return client;
  }

  /** Takes note of the client of a new connection, which may have other rights. */
  public void client(ClientIdentity introduced) {
    client = introduced;
  }

  /** Tells whether the client may get a message. */
  public boolean mayRead(Publication publication) {
    return client.mayRead(publication.message().topic());
  }

  /** Has a journal told of all that happens to the messages; of nothing if it is null. */
  public void journal(@Nullable SessionJournal journal) {
    inflight.journal(journal);
    queue.journal(journal);
    retained.journal(journal);
  }

  /** Returns the messages that have to survive the end of the broker. */
  public SavedDeliveries saved() {
    return new SavedDeliveries(inflight, queue, retained);
  }

  /** Restores the version of the last client. */
  public void isV5(boolean lastClientIsV5) {
    isV5 = lastClientIsV5;
  }

  public boolean isConnected() {
    return outgoing != null;
  }

  /** Returns the messages that are not delivered, retained ones for new subscriptions apart. */
  public Waiting waiting() {
    return new Waiting(inflight.size(), inflight.bytes(), queue.size(), queue.bytes());
  }

  /** Tells whether the session's present or last client speaks MQTT 5. */
  public boolean isV5() {
    return isV5;
  }

  /**
   * Begins a connection: sends again the messages that the client has not acknowledged, then the
   * queued ones.
   *
   * @param receiveMaximum QoS 1 and 2 messages that the client accepts at once, 1 to 65535
   */
  public void connected(OutgoingPackets to, int receiveMaximum, long now) {
    outgoing = to;
    isV5 = to.isV5();
    dropping = false;
    slowSubscriber.connected(to);
    inflight.connected(receiveMaximum);
    sendPending(now);
  }

  public void disconnected() {
    outgoing = null;
    slowSubscriber.disconnected();
    if (!limits.queueQos0Messages()) {
      retained.removeQos0();
    }
  }

  /** Ends with the session: other members of shared subscriptions get what is left. */
  public void ended(long now) {
    List<Delivery> left = inflight.untaken();
    queue.addAllTo(left);
    for (Delivery delivery : left) {
      if (!delivery.publication.isExpired(now)) {
        delivery.redeliver(now);
      }
    }
  }

  /** Drops the queued messages that the client may not read any more. */
  public void dropUnreadable(long now) {
    for (Delivery dropped : queue.removeIf(delivery -> !mayRead(delivery.publication))) {
      dropped.redeliver(now);
    }
  }

  /** Begins to send the retained messages of a new subscription. */
  public void sendRetained(RetainedSource source, long now) {
    retained.add(source);
    sendPending(now);
  }

  /** Sends no more retained messages for a filter that the client has unsubscribed from. */
  public void stopRetained(String filter) {
    retained.remove(filter);
  }

  /** Tells whether there are retained messages to send as soon as the socket has room. */
  public boolean waitsForSocket() {
    return outgoing != null && maySendRetained();
  }

  /** Sends a message, or queues it, or drops it, as the limits say. */
  public DeliveryResult deliver(Delivery delivery, long now) {
    OutgoingPackets to = outgoing;
    boolean qos0 = delivery.qos == Qos.AT_MOST_ONCE;
    if (qos0 && to == null && !limits.queueQos0Messages()) {
      return DeliveryResult.NOT_KEPT;
    }
    if (to != null && holdsMuchMemory(to) && memoryGuard.refuses(now)) {
      return DeliveryResult.REFUSED;
    }
    if (qos0 && to != null && !mustBeQueued(delivery, now)) {
      int most = limits.maxQueuedMessages();
      if (most != 0 && to.unwritten() >= most) {
        return DeliveryResult.FULL;
      }
      send(to, delivery, now);
      return DeliveryResult.TAKEN;
    }
    if (to != null && queue.isEmpty() && !inflight.hasToResend() && inflight.hasRoom()) {
      sendFirst(to, delivery, now);
    } else if (!hasRoomFor(delivery, now)) {
      return DeliveryResult.FULL;
    } else if (memoryGuard.refuses(now)) {
      return DeliveryResult.REFUSED;
    } else {
      queue.add(delivery);
    }
    return DeliveryResult.TAKEN;
  }

  /**
   * A client that does not read, or does not acknowledge, keeps even inflight messages in memory.
   */
  private boolean holdsMuchMemory(OutgoingPackets to) {
    return inflight.bytes() > MANY_BYTES || to.isBusy();
  }

  /**
   * Returns the credit of the client if it is a slow subscriber after a message of this QoS; null
   * if publishers need not wait for it.
   */
  public @Nullable SubscriberCredit credit(Qos qos) {
    return slowSubscriber.credit(qos);
  }

  /** Notes that a message was dropped, and that no other client takes it in place of this one. */
  public void dropped() {
    retained.includeNewer();
    observer.dropped();
    if (outgoing != null && !dropping) {
      observer.dropping(clientId());
      dropping = true;
    }
  }

  /** A will of QoS 0 comes after the messages of its client, which may still be queued. */
  private boolean mustBeQueued(Delivery delivery, long now) {
    return delivery.publication.isWill()
        && (!queue.isEmpty() || inflight.hasToResend())
        && hasRoomFor(delivery, now);
  }

  private boolean hasRoomFor(Delivery delivery, long now) {
    // Inflight messages count for a client that is away only.
    boolean away = outgoing == null;
    return queue.hasRoomFor(delivery, away ? inflight.size() : 0, away ? inflight.bytes() : 0, now);
  }

  private boolean maySendRetained() {
    return queue.isEmpty()
        && !inflight.hasToResend()
        && !retained.isEmpty()
        && (retained.qos() == Qos.AT_MOST_ONCE || inflight.hasRoom());
  }

  /** Sends what the client's inflight window and socket have room for. */
  public void sendPending(long now) {
    Delivery again;
    while (outgoing != null && (again = inflight.nextToResend()) != null) {
      resend(outgoing, again, now);
    }
    while (outgoing != null && !inflight.hasToResend() && !queue.isEmpty() && inflight.hasRoom()) {
      Delivery delivery = queue.removeFirst();
      if (!mayRead(delivery.publication)) {
        delivery.redeliver(now);
      } else if (!delivery.publication.isExpired(now)) {
        send(outgoing, delivery, now);
      }
    }
    for (int i = 0; outgoing != null && i < RETAINED_AT_ONCE && maySendRetained(); i++) {
      if (outgoing.isBusy()) {
        return;
      }
      Delivery delivery = retained.next(now);
      if (delivery != null && mayRead(delivery.publication)) {
        send(outgoing, delivery, now);
      }
    }
  }

  private void send(OutgoingPackets to, Delivery delivery, long now) {
    if (delivery.qos != Qos.AT_MOST_ONCE) {
      sendFirst(to, delivery, now);
    } else if (!to.publish(delivery, false, now)) {
      delivery.redeliver(now); // another member of a group may accept larger packets
    }
  }

  private void sendFirst(OutgoingPackets to, Delivery delivery, long now) {
    delivery.packetId = inflight.nextPacketId();
    if (to.publish(delivery, false, now)) {
      inflight.add(delivery);
    } else {
      delivery.redeliver(now);
    }
  }

  private void resend(OutgoingPackets to, Delivery delivery, long now) {
    if (delivery.released) {
      to.ack(PacketType.PUBREL, delivery.packetId, ReasonCode.SUCCESS);
    } else if (!mayRead(delivery.publication)
        || !to.publish(delivery, true, now)) { // [MQTT-4.4.0-1] [MQTT-3.3.1-1]
      finish(delivery, now);
      if (delivery.qos == Qos.AT_LEAST_ONCE) {
        delivery.redeliver(now);
      }
    }
  }

  private void finish(Delivery delivery, long now) {
    slowSubscriber.acknowledged(now);
    inflight.remove(delivery);
  }

  /**
   * Takes PUBACK, PUBREC or PUBCOMP of the client. One for no inflight message is harmless.
   *
   * @return false if it is of the wrong kind for the inflight message
   */
  public boolean acknowledged(Ack ack, long now) {
    Delivery delivery = inflight.find(ack.packetId());
    if (ack.type() == PacketType.PUBREC && !ReasonCode.isFailure(ack.reasonCode())) {
      return received(delivery, ack.packetId());
    }
    if (delivery == null) {
      return true;
    }
    boolean fits =
        switch (ack.type()) {
          case PUBACK -> delivery.qos == Qos.AT_LEAST_ONCE;
          case PUBREC -> delivery.qos == Qos.EXACTLY_ONCE; // [MQTT-4.3.3-4]: no PUBREL
          default -> delivery.released;
        };
    if (fits) {
      finish(delivery, now);
      sendPending(now);
    }
    return fits;
  }

  /** Takes a PUBREC without error, and answers it with PUBREL. */
  private boolean received(@Nullable Delivery delivery, int packetId) {
    if (delivery != null) {
      if (delivery.qos != Qos.EXACTLY_ONCE) {
        return false;
      }
      inflight.released(delivery);
    }
    if (outgoing != null) {
      outgoing.ack(PacketType.PUBREL, packetId, ReasonCode.SUCCESS);
    }
    return true;
  }
}
