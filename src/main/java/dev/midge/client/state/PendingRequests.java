package dev.midge.client.state;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Holds SUBSCRIBE and UNSUBSCRIBE that the broker has not answered yet. For several threads. */
public final class PendingRequests {

  private final PacketIds ids;
  private final Map<Integer, Request<?>> open = new ConcurrentHashMap<>();

  /**
   * A request.
   *
   * @param answers the kind of its answer
   * @param codes the number of reason codes of SUBACK
   */
  private record Request<T extends Packet>(
      Class<T> answers, int codes, CompletableFuture<T> reply) {

    /** One code for each topic filter [MQTT-3.8.4-6]; UNSUBACK has codes from MQTT 5 on only. */
    boolean isAnsweredBy(Packet answer) {
      return answers.isInstance(answer)
          && !(answer instanceof Suback suback && suback.reasonCodes().size() != codes);
    }

    void complete(Packet answer) {
      reply.complete(answers.cast(answer));
    }
  }

  /**
   * @param ids gives back the identifiers of requests that are answered
   */
  public PendingRequests(PacketIds ids) {
    this.ids = ids;
  }

  /** Returns the future answer to a request that is about to be sent. */
  public CompletableFuture<Suback> add(Subscribe request) {
    CompletableFuture<Suback> reply = new CompletableFuture<>();
    int codes = request.subscriptions().size();
    open.put(request.packetId(), new Request<>(Suback.class, codes, reply));
    return reply;
  }

  /** Returns the future answer to a request that is about to be sent. */
  public CompletableFuture<Unsuback> add(Unsubscribe request) {
    CompletableFuture<Unsuback> reply = new CompletableFuture<>();
    open.put(request.packetId(), new Request<>(Unsuback.class, 0, reply));
    return reply;
  }

  /** The request is not sent. */
  public void withdraw(int packetId) {
    if (open.remove(packetId) != null) {
      ids.release(packetId);
    }
  }

  /**
   * The broker has answered.
   *
   * @throws ConnectionFailure when that is no answer to that request; an answer to no request is
   *     ignored
   */
  public void replied(int packetId, Packet reply) throws ConnectionFailure {
    Request<?> request = open.get(packetId);
    if (request == null) {
      return;
    }
    if (!request.isAnsweredBy(reply)) {
      throw ConnectionFailures.protocol();
    }
    if (open.remove(packetId, request)) {
      ids.release(packetId);
      request.complete(reply);
    }
  }

  /** Returns whether a request of that identifier waits for its answer. */
  public boolean isOpen(int packetId) {
    return open.containsKey(packetId);
  }

  /**
   * Ends the futures of requests that are not answered.
   *
   * @param why null when that was wanted
   */
  public void end(@Nullable ConnectionFailure why) {
    for (Integer packetId : open.keySet()) {
      Request<?> request = open.remove(packetId);
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
