package dev.midge.broker.core;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Packet;

/**
 * What the router sees of a connection. Used on the broker thread only. No method blocks, fails or
 * calls back into the router: a broken connection is reported later, through {@link Client#closed}.
 */
public interface Peer {

  /** The address of the other end, as the log shows it: {@code 127.0.0.1:51234}. */
  String address();

  /** The port it came in by; 0 for a unix socket. */
  int port();

  /** How the connection is encrypted, as {@code TLSv1.3 cipher NAME}; null for not at all. */
  default String encryption() {
    return null;
  }

  /**
   * Takes a packet to be written. The same {@link dev.midge.mqtt.packet.Publish} object handed to
   * many peers is encoded once.
   */
  void send(Packet packet, ProtocolVersion version);

  /** How many packets the other end has not taken yet, in spite of attempts to write them. */
  int waiting();

  /** Says whether so much waits that what can wait should, until {@link Client#writable}. */
  default boolean isBusy() {
    return false;
  }

  /** Ends the connection, after what was sent. Nothing that arrives later is reported. */
  void close();
}
