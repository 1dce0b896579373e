package dev.midge.client.state;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Holds the messages of an {@link InflightWindow} that the present connection has not sent yet, in
 * their order. Guarded by the window, except where noted.
 */
final class SendQueue {

  private final Queue<InflightMessage> queue = new ArrayDeque<>();
  private volatile boolean any; // To ask without the lock, which others often hold.

  void add(InflightMessage message) {
    queue.add(message);
    message.queued(true);
    any = true;
  }

  void addAll(Collection<InflightMessage> messages) {
    messages.forEach(this::add);
  }

  /** Takes the first message; null when there is none. */
  @Nullable InflightMessage take() {
    InflightMessage first = queue.poll();
    if (first != null) {
      first.queued(false);
    }
    any = !queue.isEmpty();
    return first;
  }

  /** Removes a message; returns false when it was taken before, without looking for it. */
  boolean remove(InflightMessage message) {
    if (!message.isQueued()) {
      return false;
    }
    queue.remove(message);
    message.queued(false);
    any = !queue.isEmpty();
    return true;
  }

  void clear() {
    for (InflightMessage message : queue) {
      message.queued(false);
    }
    queue.clear();
    any = false;
  }

  /** Returns whether there are messages. Any thread. */
  boolean hasAny() {
    return any;
  }
}
