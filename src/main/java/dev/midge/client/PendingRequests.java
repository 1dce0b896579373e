package dev.midge.client;

import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** SUBSCRIBE and UNSUBSCRIBE that the broker has not answered yet. For several threads. */
final class PendingRequests {

  private final PacketIds ids;
  private final Map<Integer, Request> open = new ConcurrentHashMap<>();

  private record Request(Packet packet, CompletableFuture<Packet> reply) {

    /** One code for each topic filter [MQTT-3.8.4-6]; UNSUBACK has codes from MQTT 5 on only. */
    boolean isAnsweredBy(Packet answer) {
      if (packet instanceof Subscribe subscribe) {
        return answer instanceof Suback suback
            && suback.reasonCodes().size() == subscribe.subscriptions().size();
      }
      return answer instanceof Unsuback;
    }
  }

  PendingRequests(PacketIds ids) {
    this.ids = ids;
  }

  CompletableFuture<Packet> add(int packetId, Packet request) {
    CompletableFuture<Packet> reply = new CompletableFuture<>();
    open.put(packetId, new Request(request, reply));
    return reply;
  }

  /** The request is not sent. */
  void withdraw(int packetId) {
    if (open.remove(packetId) != null) {
      ids.release(packetId);
    }
  }

  /**
   * The broker has answered.
   *
   * @throws ConnectionFailure when that is no answer to that request; what answers no request is
   *     let pass
   */
  void replied(int packetId, Packet reply) throws ConnectionFailure {
    Request request = open.get(packetId);
    if (request == null) {
      return;
    }
    if (!request.isAnsweredBy(reply)) {
      throw ConnectionFailures.protocol();
    }
    if (open.remove(packetId, request)) {
      ids.release(packetId);
      request.reply().complete(reply);
    }
  }

  /** Returns whether a request of that identifier waits for its answer. */
  boolean isOpen(int packetId) {
    return open.containsKey(packetId);
  }

  /**
   * Nothing will be answered any more.
   *
   * @param why null when that was wanted
   */
  void end(ConnectionFailure why) {
    for (Integer packetId : open.keySet()) {
      Request request = open.remove(packetId);
      if (request == null) {
        continue;
      }
      ids.release(packetId);
      if (why == null) {
        request.reply().cancel(false);
      } else {
        request.reply().completeExceptionally(why);
      }
    }
  }
}
