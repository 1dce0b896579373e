package dev.midge.broker.core;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;

/**
 * Hears what happens in the router, as it happens, on the broker thread. The words of the log are
 * the listener's business; a listener that does not care costs one empty call.
 */
public interface BrokerObserver {

  /** A connection came in; nothing is known of it but its address. */
  default void opened(Peer peer) {}

  /** CONNECT was accepted; {@code clientId} may be one that the broker assigned. */
  default void connected(Peer peer, String clientId, Connect connect) {}

  /**
   * A connection ended.
   *
   * @param clientId null if CONNECT was never accepted
   */
  default void ended(Peer peer, String clientId, DisconnectCause cause) {}

  /** Any packet but CONNECT; a PUBLISH has its topic in place of an alias. */
  default void received(String clientId, Packet packet) {}

  /**
   * Any packet but PUBLISH.
   *
   * @param name the client identifier, or the address before there is one
   */
  default void sent(String name, Packet packet) {}

  /**
   * A PUBLISH.
   *
   * @param topic the message's, also where the packet has but an alias
   */
  default void published(String clientId, Publish packet, String topic) {}

  /** The client may not publish to the topic; the message goes nowhere. */
  default void denied(String clientId, Publish packet) {}

  /** The payload is over the broker's limit; the message goes nowhere. */
  default void tooLarge(String clientId, Publish packet) {}

  /** The message is larger than what the client accepts. */
  default void tooLargeFor(String clientId, int bytes) {}

  /** The first message that is dropped in this connection because the client does not keep up. */
  default void dropping(String clientId) {}

  /** A QoS 2 packet identifier came again with another message before it was released. */
  default void packetIdReused(String clientId, int packetId) {}

  default void subscribed(String clientId, Subscription subscription) {}

  default void unsubscribed(String clientId, String filter) {}

  /** The peer broke the rules, just before its connection ends. */
  default void protocolError(String name, String what) {}

  default void secondConnect(Peer peer) {}

  /** A mistake in the broker, which costs the connection that met it. */
  default void internalError(String name, Throwable problem) {}

  /**
   * Memory is nearly used up.
   *
   * @param refused how many sessions, messages and subscriptions were refused for it so far
   */
  default void memoryIsShort(long refused) {}

  /** A connection came in, and could not be taken. */
  default void notTaken(String address, Throwable problem) {}

  /** The system has no room for another connection; those that come in wait. */
  default void noRoom(Throwable problem) {}

  default void sessionExpired(String clientId) {}

  /** A will waits for its delay, or for the end of its session. */
  default void willDelayed(String clientId, Message will, long seconds) {}

  /**
   * A will goes out, as an ordinary message.
   *
   * @param why it goes out now; empty if its connection has just ended
   */
  default void willPublished(String clientId, Message will, String why) {}

  /**
   * A will was thrown away.
   *
   * @param why in words, which may hold what users have chosen
   */
  default void willDiscarded(String clientId, String why) {}
}
