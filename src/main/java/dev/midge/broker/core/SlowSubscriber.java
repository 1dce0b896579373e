package dev.midge.broker.core;

import dev.midge.mqtt.Qos;

/**
 * How far one client is behind: with what it acknowledges, and with what its socket takes. Belongs
 * to an {@link Outbox}.
 */
final class SlowSubscriber {
  private final int highWater; // of a credit; beyond it, messages will soon be dropped
  private final PendingQueue queue;
  private final SubscriberCredit queued;
  private final SubscriberCredit unwritten;
  private OutgoingPackets outgoing; // null while the client is away
  private long written; // packets that the socket had taken at the last look

  /**
   * @param most messages that may wait; 0 for no limit
   */
  SlowSubscriber(int most, PendingQueue queue) {
    this.highWater = most == 0 ? Integer.MAX_VALUE : Math.max(1, most / 2);
    this.queue = queue;
    this.queued = new SubscriberCredit(() -> outgoing == null ? 0 : queue.size(), highWater);
    this.unwritten = new SubscriberCredit(this::lookAtSocket, highWater);
  }

  void connected(OutgoingPackets to) {
    outgoing = to;
    written = 0;
  }

  void disconnected() {
    outgoing = null;
  }

  void acknowledged() {
    queued.took(1);
  }

  /** Says whether so many unwritten packets are too many for a client who reads. */
  boolean isHigh(int waiting) {
    return waiting >= highWater;
  }

  /**
   * What the client falls behind with, after a message of this QoS, if publishers should wait a
   * moment for it; else null. This is asked for every message: it must cost nothing as long as all
   * is well.
   */
  SubscriberCredit slow(Qos qos) {
    if (outgoing == null) {
      return null;
    }
    if (qos == Qos.AT_MOST_ONCE) {
      return isHigh(outgoing.waiting()) ? worthWaitingFor(unwritten) : null;
    }
    return queue.size() < highWater ? null : worthWaitingFor(queued);
  }

  private static SubscriberCredit worthWaitingFor(SubscriberCredit credit) {
    return credit.isWorthWaitingFor() ? credit : null;
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
}
