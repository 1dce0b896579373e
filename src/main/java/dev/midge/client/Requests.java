package dev.midge.client;

import dev.midge.mqtt.packet.Packet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** SUBSCRIBE and UNSUBSCRIBE that the broker has not answered yet. For several threads. */
final class Requests {

  private final PacketIds ids;
  private final Map<Integer, CompletableFuture<Packet>> open = new ConcurrentHashMap<>();

  Requests(PacketIds ids) {
    this.ids = ids;
  }

  CompletableFuture<Packet> add(int packetId) {
    CompletableFuture<Packet> reply = new CompletableFuture<>();
    open.put(packetId, reply);
    return reply;
  }

  /** The request is not sent. */
  void withdraw(int packetId) {
    if (open.remove(packetId) != null) {
      ids.release(packetId);
    }
  }

  /** The broker has answered. */
  void replied(int packetId, Packet reply) {
    CompletableFuture<Packet> request = open.remove(packetId);
    if (request != null) {
      ids.release(packetId);
      request.complete(reply);
    }
  }

  /**
   * Nothing will be answered any more.
   *
   * @param why null when that was wanted
   */
  void end(LinkFailure why) {
    for (Integer packetId : open.keySet()) {
      CompletableFuture<Packet> request = open.remove(packetId);
      if (request == null) {
        continue;
      }
      ids.release(packetId);
      if (why == null) {
        request.cancel(false);
      } else {
        request.completeExceptionally(why);
      }
    }
  }
}
