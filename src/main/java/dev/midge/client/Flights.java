package dev.midge.client;

import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * What is on its way to the broker and not answered yet: messages of QoS 1 and 2, of which only so
 * many may fly at a time, and requests. For several threads.
 */
final class Flights {

  /** Far below the number of identifiers, so that none is used again while Paho remembers it. */
  private static final int MAX_WINDOW = 10_000;

  private final PacketIds ids = new PacketIds();
  private final Map<Integer, OwnPublish> messages = new ConcurrentHashMap<>();
  private final Map<Integer, CompletableFuture<Packet>> requests = new ConcurrentHashMap<>();
  private final Semaphore window = new Semaphore(0);
  private int windowSize;

  PacketIds ids() {
    return ids;
  }

  /** Lets messages fly, so many at a time at most. Once. */
  void open(int size) {
    windowSize = Math.min(size, MAX_WINDOW);
    window.release(windowSize);
  }

  /** Waits until one more message may fly. */
  void await() throws InterruptedException {
    window.acquire();
  }

  /** Waits until no message flies. */
  void awaitAll() throws InterruptedException {
    window.acquire(windowSize);
    window.release(windowSize);
  }

  void add(OwnPublish message) {
    messages.put(message.getMessageId(), message);
  }

  CompletableFuture<Packet> request(int packetId) {
    CompletableFuture<Packet> reply = new CompletableFuture<>();
    requests.put(packetId, reply);
    return reply;
  }

  /** The broker has said something about a message. */
  void answered(Ack ack, String reasonString) {
    OwnPublish message = messages.get(ack.packetId());
    if (message != null) {
      message.answered(ack.reasonCode(), reasonString);
    }
  }

  /** The broker has answered a request. */
  void replied(int packetId, Packet reply) {
    CompletableFuture<Packet> request = requests.remove(packetId);
    if (request != null) {
      ids.release(packetId);
      request.complete(reply);
    }
  }

  /** The flow of a message is complete. */
  void landed(OwnPublish message) {
    int packetId = message.getMessageId();
    if (messages.remove(packetId) != null) {
      ids.release(packetId);
      window.release();
      message.delivered().complete(message.delivery());
    }
  }

  /** Nothing will be answered any more. */
  void end(End end) {
    for (OwnPublish message : messages.values()) {
      end(message.delivered(), end);
    }
    for (CompletableFuture<Packet> request : requests.values()) {
      end(request, end);
    }
    window.release(2 * MAX_WINDOW);
  }

  private static void end(CompletableFuture<?> future, End end) {
    if (end.failure() == null) {
      future.cancel(false);
    } else {
      future.completeExceptionally(end.failure());
    }
  }
}
