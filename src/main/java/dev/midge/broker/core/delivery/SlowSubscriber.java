package dev.midge.broker.core.delivery;

import dev.midge.mqtt.Qos;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether one client is a slow subscriber: in what it acknowledges, or in what its socket
 * takes. Belongs to an {@link Outbox}.
 */
final class SlowSubscriber {
  /**
   * Messages: without a limit of the queue, memory is the limit, and a subscriber that is at work
   * should not fill it because a publisher is faster.
   */
  private static final int HIGH_WATER_WITHOUT_LIMIT = 10_000;

  private final int highWater; // messages; above it, some will soon be dropped
  private final PendingQueue queue;
  private final SubscriberCredit queued;
  private final SubscriberCredit unwritten;
  private @Nullable OutgoingPackets outgoing; // null while the client is away
  private long written; // packets that the socket had taken when it was last looked at

  /**
   * @param maxQueued messages that may be queued; 0 for no limit
   */
  SlowSubscriber(int maxQueued, PendingQueue queue) {
    this.highWater = maxQueued == 0 ? HIGH_WATER_WITHOUT_LIMIT : Math.max(1, maxQueued / 2);
    this.queue = queue;
    this.queued = new SubscriberCredit(() -> outgoing == null ? 0 : queue.size(), highWater);
    this.unwritten = new SubscriberCredit(this::countUnwritten, highWater);
  }

  void connected(OutgoingPackets to) {
    outgoing = to;
    written = 0;
  }

  void disconnected() {
    outgoing = null;
  }

  void acknowledged(long now) {
    queued.acknowledged(now);
  }

  /**
   * Returns the credit of the client if publishers should wait for it after a message of this QoS;
   * null if it keeps up, or is not worth waiting for. This runs for every message: it must cost
   * next to nothing as long as nobody is slow.
   */
  @Nullable SubscriberCredit credit(Qos qos) {
    if (outgoing == null) {
      return null;
    }
    if (qos == Qos.AT_MOST_ONCE) {
      return outgoing.unwritten() >= highWater && unwritten.isWorthWaitingFor() ? unwritten : null;
    }
    return queue.size() >= highWater && queued.isWorthWaitingFor() ? queued : null;
  }

  /** Returns how many packets the socket has not taken; notes how many it has. */
  private int countUnwritten() {
    if (outgoing == null) {
      return 0;
    }
    long now = outgoing.written();
    unwritten.took(now - written);
    written = now;
    return outgoing.unwritten();
  }
}
