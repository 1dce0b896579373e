package dev.midge.peers;

import dev.midge.mqtt.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a library's threads bring, for the thread of the scenario. */
final class Arrivals {
  /** The connection was lost without a reason code. */
  static final int NO_REASON = -1;

  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private volatile CompletableFuture<Integer> end = new CompletableFuture<>();

  void add(Message message) {
    messages.add(message);
  }

  /** The connection is over, by no wish of the client. */
  void ended(int reasonCode) {
    end.complete(reasonCode);
  }

  void connected() {
    end = new CompletableFuture<>();
  }

  /** Waits for the next message. */
  Message next() {
    try {
      Message message = messages.poll(Peer.LIMIT, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no message in " + Peer.LIMIT + " s");
      }
      return message;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What is there now, without waiting. */
  List<Message> rest() {
    List<Message> rest = new ArrayList<>();
    messages.drainTo(rest);
    return rest;
  }

  int waiting() {
    return messages.size();
  }

  /**
   * Waits until the other side has ended the connection, and tells the reason code that it gave.
   */
  int awaitEnd() throws Exception {
    return end.get(Peer.LIMIT, TimeUnit.SECONDS);
  }
}
