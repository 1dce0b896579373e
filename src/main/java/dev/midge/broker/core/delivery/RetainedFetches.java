package dev.midge.broker.core.delivery;

import dev.midge.mqtt.Qos;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The retained messages that one session is still to get, subscription by subscription. They take
 * no place in its queue [MQTT-3.3.1-9].
 */
final class RetainedFetches {
  private final Deque<RetainedSource> sources = new ArrayDeque<>();

  boolean isEmpty() {
    return sources.isEmpty();
  }

  /** Returns the QoS of the next message. There must be a source. */
  Qos qos() {
    return sources.getFirst().qos();
  }

  /** Adds a source in place of an earlier one for the same filter. */
  void add(RetainedSource source) {
    remove(source.filter());
    sources.addLast(source);
  }

  /** Drops what is left for a filter that the client has unsubscribed from. */
  void remove(String filter) {
    sources.removeIf(source -> source.filter().equals(filter));
  }

  void removeQos0() {
    sources.removeIf(source -> source.qos() == Qos.AT_MOST_ONCE);
  }

  void includeNewer() {
    sources.forEach(RetainedSource::includeNewer);
  }

  /**
   * Returns the next message; null if the first subscription has got all of its own. There must be
   * a source.
   */
  @Nullable Delivery next(long now) {
    Delivery delivery = sources.getFirst().next(now);
    if (delivery == null) {
      sources.removeFirst();
    }
    return delivery;
  }
}
