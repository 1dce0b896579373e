package dev.midge.broker.core;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import org.jspecify.annotations.Nullable;

/**
 * Is told of all events in the broker as they happen, on the broker thread. An event that an
 * observer does not need costs one empty call.
 */
public interface BrokerObserver {

  /** A connection was accepted; only its address is known. */
  default void opened(Peer peer) {}

  /**
   * A client was refused, because there are as many as a limit allows.
   *
   * @param host its address, without the port
   * @param limit the name of its configuration key
   */
  default void tooMany(String host, String limit) {}

  /**
   * A CONNECT was not accepted; the connection ends next.
   *
   * @param answer CONNACK, which {@link #sent} is told of as well; null for none
   */
  default void notAccepted(Peer peer, Connect connect, @Nullable Connack answer) {}

  /** CONNECT was accepted; {@code clientId} may be one that the broker assigned. */
  default void connected(Peer peer, String clientId, Connect connect) {}

  /**
   * A connection ended.
   *
   * @param clientId null if CONNECT was never accepted
   */
  default void ended(Peer peer, @Nullable String clientId, DisconnectCause cause) {}

  /** A packet other than CONNECT was received; a PUBLISH has its topic in place of an alias. */
  default void received(String clientId, Packet packet) {}

  /**
   * A packet other than PUBLISH was sent.
   *
   * @param name the client identifier, or the address before there is one
   */
  default void sent(String name, Packet packet) {}

  /**
   * A PUBLISH was sent.
   *
   * @param topic the message's, also where the packet has only an alias
   */
  default void published(String clientId, Publish packet, String topic) {}

  /**
   * A message is delivered to all who have subscribed to its topic.
   *
   * @param publisher the client identifier; empty for the broker itself
   */
  default void dispatched(String publisher, Message message, boolean isWill) {}

  /** A packet has come that the client must not send; {@link #received} is not told of it. */
  default void forbidden(String clientId, Packet packet) {}

  /**
   * A client publishes a message, and may.
   *
   * @return the reason code of MQTT 5 with which it is refused; 0 to publish it as usual
   */
  default int publishing(String clientId, Message message) {
    return 0;
  }

  /** The client may not publish to the topic; the message was dropped. */
  default void denied(String clientId, Publish packet) {}

  /** The payload is over the broker's limit; the message was dropped. */
  default void tooLarge(String clientId, Publish packet) {}

  /** A message was dropped that is larger than the client accepts. */
  default void tooLargeFor(String clientId, int bytes) {}

  /** The first message of this connection was dropped because the client is too slow. */
  default void dropping(String clientId) {}

  /** A message was dropped because the queue of its subscriber is full, or memory is short. */
  default void dropped() {}

  /** A QoS 2 packet identifier came again with another message before it was released. */
  default void packetIdReused(String clientId, int packetId) {}

  /**
   * A client asks for a subscription.
   *
   * @return the reason code of MQTT 5 with which it is refused; 0 to grant it as usual
   */
  default int subscribing(String clientId, Subscription asked) {
    return 0;
  }

  default void subscribed(String clientId, Subscription subscription) {}

  default void unsubscribed(String clientId, String filter) {}

  /** The peer broke a rule of MQTT; its connection ends next. */
  default void protocolError(String name, String what) {}

  default void secondConnect(Peer peer) {}

  /** The broker failed; the connection concerned ends. */
  default void internalError(String name, Throwable problem) {}

  /**
   * Memory is nearly used up.
   *
   * @param refused how many sessions, messages and subscriptions were refused for it so far
   */
  default void memoryIsShort(long refused) {}

  /** A connection was accepted, and could not be set up. */
  default void notTaken(String address, Throwable problem) {}

  /** No connection can be accepted, because of a limit of the system; new ones wait. */
  default void noRoom(Throwable problem) {}

  /**
   * A fault happened otherwise than it was planned.
   *
   * @param name the client identifier, or the address before there is one
   */
  default void fault(String name, String fault, String remark) {}

  default void sessionExpired(String clientId) {}

  /** A will is published after its delay, or at the end of its session. */
  default void willDelayed(String clientId, Message will, long seconds) {}

  /**
   * A will is published.
   *
   * @param why it is published now; empty if its connection has just ended
   */
  default void willPublished(String clientId, Message will, String why) {}

  /**
   * A will was discarded.
   *
   * @param why in words, which may contain text that users have chosen
   */
  default void willDiscarded(String clientId, String why) {}
}
