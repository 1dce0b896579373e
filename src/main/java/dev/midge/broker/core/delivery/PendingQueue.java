package dev.midge.broker.core.delivery;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.Timers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The messages of an {@link Outbox} that were not sent yet, within their limits. */
final class PendingQueue {
  private final Limits limits;
  private final Deque<Delivery> deliveries = new ArrayDeque<>();
  private long bytes;
  private long earliestExpiry = Timers.NEVER;

  PendingQueue(Limits limits) {
    this.limits = limits;
  }

  boolean isEmpty() {
    return deliveries.isEmpty();
  }

  int size() {
    return deliveries.size();
  }

  /** Returns the payload bytes of all that is queued. */
  long bytes() {
    return bytes;
  }

  void addAllTo(List<Delivery> others) {
    others.addAll(deliveries);
  }

  void add(Delivery delivery) {
    deliveries.addLast(delivery);
    bytes += delivery.payloadLength();
    earliestExpiry = Math.min(earliestExpiry, delivery.publication.expiresAt());
  }

  /** Removes and returns the oldest message, expired or not. The queue must not be empty. */
  Delivery removeFirst() {
    Delivery delivery = deliveries.removeFirst();
    bytes -= delivery.payloadLength();
    return delivery;
  }

  /** Removes and returns the messages that are chosen. */
  List<Delivery> removeIf(Predicate<Delivery> chosen) {
    List<Delivery> removed = new ArrayList<>();
    deliveries.removeIf(
        delivery -> {
          boolean isChosen = chosen.test(delivery);
          if (isChosen) {
            bytes -= delivery.payloadLength();
            removed.add(delivery);
          }
          return isChosen;
        });
    return removed;
  }

  /**
   * Tells whether one more message may be queued.
   *
   * @param moreCount messages that count besides the queued ones
   * @param moreBytes their payloads
   */
  boolean hasRoomFor(Delivery delivery, int moreCount, long moreBytes, long now) {
    if (now >= earliestExpiry) {
      removeExpired(now);
    }
    return (limits.maxQueuedMessages() == 0
            || deliveries.size() + moreCount < limits.maxQueuedMessages())
        && (limits.maxQueuedBytes() == 0
            || bytes + moreBytes + delivery.payloadLength() <= limits.maxQueuedBytes());
  }

  private void removeExpired(long now) {
    removeIf(delivery -> delivery.publication.isExpired(now));
    earliestExpiry = Timers.NEVER;
    for (Delivery left : deliveries) {
      earliestExpiry = Math.min(earliestExpiry, left.publication.expiresAt());
    }
  }
}
