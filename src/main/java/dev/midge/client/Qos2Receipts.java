package dev.midge.client;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The half of the session state that the client keeps for messages that come in: the identifiers of
 * QoS 2 messages that were delivered and wait for PUBREL. It outlives a connection when the
 * broker's half does. Only for the thread that reads.
 */
final class Qos2Receipts {

  private final Set<Integer> waiting = new HashSet<>();
  private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);

  /** A message has come that is not waiting already. */
  void take(int packetId) {
    if (waiting.isEmpty()) {
      settled = new CompletableFuture<>();
    }
    waiting.add(packetId);
  }

  /** Says whether a message with that identifier is here; the broker may send it again. */
  boolean isWaiting(int packetId) {
    return packetId != 0 && waiting.contains(packetId);
  }

  /** PUBREL has come, and is answered. */
  void release(int packetId) {
    if (waiting.remove(packetId) && waiting.isEmpty()) {
      settled.complete(null);
    }
  }

  /** The broker has forgotten the session. */
  void clear() {
    waiting.clear();
    settled.complete(null);
  }

  /** Completes when no message waits for PUBREL any more. */
  CompletableFuture<Void> settled() {
    return settled;
  }
}
