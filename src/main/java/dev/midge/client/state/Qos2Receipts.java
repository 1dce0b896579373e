package dev.midge.client.state;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Holds the half of the session state that the client keeps for messages that come in: the
 * identifiers of QoS 2 messages that were delivered and wait for PUBREL. It outlives a connection
 * when the broker's half does. For several threads.
 */
public final class Qos2Receipts {

  private final Set<Integer> waiting = new HashSet<>();
  private CompletableFuture<@Nullable Void> settled = CompletableFuture.completedFuture(null);

  /** A message has come that is not waiting already. */
  public synchronized void take(int packetId) {
    if (waiting.isEmpty()) {
      settled = new CompletableFuture<>();
    }
    waiting.add(packetId);
  }

  /** Returns whether a message with that identifier waits; the broker may send it again. */
  public synchronized boolean isWaiting(int packetId) {
    return packetId != 0 && waiting.contains(packetId);
  }

  /** PUBREL has come, and is answered. */
  public void release(int packetId) {
    CompletableFuture<@Nullable Void> last;
    synchronized (this) {
      if (!waiting.remove(packetId) || !waiting.isEmpty()) {
        return;
      }
      last = settled;
    }
    last.complete(null);
  }

  /** The broker has forgotten the session. */
  public void clear() {
    CompletableFuture<@Nullable Void> last;
    synchronized (this) {
      waiting.clear();
      last = settled;
    }
    last.complete(null);
  }

  /** Completes when no message waits for PUBREL any more. */
  public synchronized CompletableFuture<@Nullable Void> settled() {
    return settled;
  }
}
