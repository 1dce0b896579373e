package dev.midge.broker.core.delivery;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.SeldomQueue;
import dev.midge.broker.core.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The messages of an {@link Outbox} that were not sent yet, within their limits. */
final class PendingQueue {
  private final Limits limits;
  private final SeldomQueue<Delivery> deliveries = new SeldomQueue<>();
  private long bytes;
  private long earliestExpiry = Timers.NEVER;
  private long lastNumber;
  private @Nullable SessionJournal journal;

  PendingQueue(Limits limits) {
    this.limits = limits;
  }

  void journal(@Nullable SessionJournal newJournal) {
    journal = newJournal;
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
    deliveries.forEach(others::add);
  }

  /** Returns all of them, the oldest first. */
  Iterable<Delivery> all() {
    return deliveries;
  }

  void add(Delivery delivery) {
    delivery.number = lastNumber + 1;
    restore(delivery);
    if (journal != null) {
      journal.journal().queued(journal.session(), delivery.saved());
    }
  }

  /** Adds a message that has its number, the highest so far. */
  void restore(Delivery delivery) {
    lastNumber = delivery.number;
    deliveries.addLast(delivery);
    bytes += delivery.payloadLength();
    earliestExpiry = Math.min(earliestExpiry, delivery.publication.expiresAt());
  }

  /** Removes and returns the oldest message, expired or not. The queue must not be empty. */
  Delivery removeFirst() {
    Delivery delivery = Objects.requireNonNull(deliveries.pollFirst());
    removed(delivery);
    return delivery;
  }

  /** Removes and returns the messages that are chosen. */
  List<Delivery> removeIf(Predicate<Delivery> chosen) {
    List<Delivery> removed = new ArrayList<>();
    deliveries.removeIf(
        delivery -> {
          boolean isChosen = chosen.test(delivery);
          if (isChosen) {
            removed(delivery);
            removed.add(delivery);
          }
          return isChosen;
        });
    return removed;
  }

  /** Removes the message with a number, which is the oldest in most cases. */
  void remove(long number) {
    Delivery first = deliveries.peekFirst();
    if (first != null && first.number == number) {
      removeFirst();
    } else {
      removeIf(delivery -> delivery.number == number);
    }
  }

  private void removed(Delivery delivery) {
    bytes -= delivery.payloadLength();
    if (journal != null) {
      journal.journal().unqueued(journal.session(), delivery.number);
    }
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
