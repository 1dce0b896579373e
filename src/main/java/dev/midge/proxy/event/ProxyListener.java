package dev.midge.proxy.event;

import dev.midge.fault.Direction;
import java.net.InetSocketAddress;

/**
 * Hears of what happens at the proxy. The threads of all connections call it, and wait until it
 * returns: events of one direction come in order.
 */
public interface ProxyListener {
  /** Hears of nothing. */
  ProxyListener NONE = new ProxyListener() {};

  /** Returns whether {@link #packet} is to be called; asked once for each packet. */
  default boolean wantsPackets() {
    return false;
  }

  /** A client has been accepted, and nothing has been read. */
  default void accepted(ConnectionName name, InetSocketAddress client) {}

  /** The connection to a broker has been made, which is written as a URL. */
  default void reached(ConnectionName name, String broker) {}

  /** A broker cannot be reached. */
  default void unreachable(ConnectionName name, String broker, Exception why) {}

  /** No broker can be reached: the client's connection is reset. */
  default void unreached(ConnectionName name) {}

  /** A packet has come and is about to be passed on, unless a fault is due. */
  default void packet(ConnectionName name, Direction direction, PassedPacket packet) {}

  /** The client has been told, by CONNACK, that the broker has accepted it. */
  default void connected(ConnectionName name) {}

  /** The broker has granted a subscription, by SUBACK. */
  default void subscribed(ConnectionName name) {}

  /** Bytes that are no MQTT have come, for the first time: they are passed on as they are. */
  default void notUnderstood(ConnectionName name, Direction direction, String why) {}

  /** The broker has hung up without a byte, though CONNECT has come. */
  default void unanswered(ConnectionName name) {}

  /** The end that the direction comes from has ended TLS with an alert of that name. */
  default void alert(ConnectionName name, Direction direction, String alert) {}

  /** A fault could not be carried out as it was planned. */
  default void notPossible(ConnectionName name, String why) {}

  /** Bytes are about to be written to the end that the direction leads to. */
  default void written(
      ConnectionName name, Direction direction, byte[] bytes, int from, int length) {}

  /** All that has come in that direction by now was handled. */
  default void idle(ConnectionName name, Direction direction) {}

  /** That direction ends in order (TCP: FIN). */
  default void ended(ConnectionName name, Direction direction) {}

  /** Both ends are cut (TCP: RST). */
  default void cut(ConnectionName name) {}

  /** The connection is gone; the last that is heard of it. */
  default void closed(ConnectionName name) {}
}
