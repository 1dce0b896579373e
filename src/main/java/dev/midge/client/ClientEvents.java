package dev.midge.client;

import dev.midge.fault.Fault;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.net.ClientChannel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Hears how a client fares while it works. Called from several threads. Each call does nothing by
 * default.
 */
public interface ClientEvents {
  ClientEvents NONE = new ClientEvents() {};

  /** Returns whether anybody wants {@link #sending} and {@link #received}. */
  default boolean wantsPackets() {
    return false;
  }

  /** A packet, as the user's version of MQTT has it, goes out. */
  default void sending(Packet packet) {}

  /**
   * A packet, as the user's version of MQTT has it, has come in; told before the client acts on it.
   */
  default void received(Packet packet) {}

  /** PUBREC has come for a message that is not on its way; it is answered all the same. */
  default void unknown(Ack pubrec) {}

  /**
   * CONNACK has come and is a success.
   *
   * @param clientId the given one or the assigned one
   */
  default void connected(Connack connack, String clientId) {}

  /** That channel is about to be connected; it tells how far it has come. */
  default void connecting(ClientChannel channel) {}

  /** SUBACK has come. */
  default void subscribed() {}

  /**
   * Messages can come from now on: the broker has granted all subscriptions. Called after {@link
   * #subscribed}, before a message that comes behind SUBACK is looked at.
   */
  default void granted() {}

  /**
   * The broker has refused a subscription or a message, or granted less QoS than was asked for.
   *
   * @param line tells of it; null when that is done by {@link #warning}
   * @return whether the job is to end because of that
   */
  default boolean denied(@Nullable String line) {
    return false;
  }

  /** A planned fault was carried out. */
  default void struck(Fault fault, FaultEvent event) {}

  /** There is no connection, because of that, and another one will be tried. */
  default void retrying(ConnectionFailure failure) {}

  /**
   * Returns a future that completes when a write to the output of the client has failed, whoever
   * wrote: the job is to end then.
   */
  default CompletableFuture<@Nullable Void> outputFailed() {
    return new CompletableFuture<>();
  }

  /** Something went wrong that does not end the client: one line for stderr, without a line end. */
  default void warning(String line) {}
}
