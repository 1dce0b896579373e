package dev.midge.broker.core.delivery;

import dev.midge.broker.core.SeldomQueue;
import dev.midge.mqtt.Qos;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The retained messages that one session is still to get, subscription by subscription. They take
 * no place in its queue [MQTT-3.3.1-9].
 */
final class RetainedFetches {
  private final SeldomQueue<RetainedSource> sources = new SeldomQueue<>();
  private @Nullable SessionJournal journal;

  void journal(@Nullable SessionJournal newJournal) {
    journal = newJournal;
  }

  void describeTo(SessionJournal to) {
    sources.forEach(source -> source.describeTo(to));
  }

  private void changed(RetainedSource source) {
    if (journal != null) {
      source.describeTo(journal);
    }
  }

  private void ended(RetainedSource source) {
    if (journal != null) {
      journal.journal().fetched(journal.session(), source.filter());
    }
  }

  /** Puts a source that has gone on in place of the one before, or at the end. */
  void restore(RetainedSource source) {
    boolean found = false;
    for (int i = sources.size(); i > 0; i--) {
      RetainedSource each = Objects.requireNonNull(sources.pollFirst());
      boolean same = each.filter().equals(source.filter());
      found |= same;
      sources.addLast(same ? source : each);
    }
    if (!found) {
      sources.addLast(source);
    }
  }

  boolean isEmpty() {
    return sources.isEmpty();
  }

  /** Returns the QoS of the next message. There must be a source. */
  Qos qos() {
    return Objects.requireNonNull(sources.peekFirst()).qos();
  }

  /** Adds a source in place of an earlier one for the same filter. */
  void add(RetainedSource source) {
    remove(source.filter());
    sources.addLast(source);
    changed(source);
  }

  /** Drops what is left for a filter that the client has unsubscribed from. */
  void remove(String filter) {
    removeIf(source -> source.filter().equals(filter));
  }

  void removeQos0() {
    removeIf(source -> source.qos() == Qos.AT_MOST_ONCE);
  }

  private void removeIf(Predicate<RetainedSource> unwanted) {
    sources.removeIf(
        source -> {
          boolean removed = unwanted.test(source);
          if (removed) {
            ended(source);
          }
          return removed;
        });
  }

  void includeNewer() {
    for (RetainedSource source : sources) {
      if (source.includeNewer()) {
        changed(source);
      }
    }
  }

  /**
   * Returns the next message; null if the first subscription has got all of its own. There must be
   * a source.
   */
  @Nullable Delivery next(long now) {
    RetainedSource source = Objects.requireNonNull(sources.peekFirst());
    Delivery delivery = source.next(now);
    if (delivery == null) {
      sources.pollFirst();
      ended(source);
    } else {
      changed(source);
    }
    return delivery;
  }
}
