package dev.midge.broker.core;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Packet;
import dev.midge.text.LateText;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection, as the router sees it. Used on the broker thread only. No method
 * blocks, fails or calls back into the router: a broken connection is reported later.
 */
public interface Peer {

  /** Returns the address of the other end, as the log shows it: {@code 127.0.0.1:51234}. */
  String address();

  /** Returns the address for who may never read it, and keeps no more than that. */
  default LateText lateAddress() {
    String address = address();
    return new LateText(() -> address);
  }

  /** Returns the address without the port of the other end. */
  default String host() {
    String address = address();
    return port() == 0 ? address : address.substring(0, address.lastIndexOf(':'));
  }

  /** Returns the port that it has connected to; 0 for a unix socket. */
  int port();

  /** Returns the settings of the listener that it has connected to. */
  ListenerSettings listener();

  /** Returns the certificate that the client has shown; null for none. */
  default @Nullable X509Certificate certificate() {
    return null;
  }

  /**
   * Tells whether that certificate would still be accepted, by the files that the listener has now.
   */
  default boolean hasGoodCertificate() {
    return certificate() != null;
  }

  /** Returns the cipher in use, as {@code TLSv1.3 cipher NAME}; null without TLS. */
  default @Nullable String encryption() {
    return null;
  }

  /**
   * Takes a packet to be written. The same {@link dev.midge.mqtt.packet.Publish} object handed to
   * many peers is encoded once.
   */
  void send(Packet packet, ProtocolVersion version);

  /** Returns how many packets the socket has not taken yet. */
  int waiting();

  /**
   * Tells whether so much is unwritten that packets that can be sent later should be, when the
   * socket has room.
   */
  default boolean isBusy() {
    return false;
  }

  /** Is told the name of the client, which the broker may have assigned: CONNECT was accepted. */
  default void named(String clientId) {}

  /**
   * Tells whether the broker itself does not read what the client sends, so that its silence means
   * nothing.
   */
  default boolean isUnread() {
    return false;
  }

  /** Ends the connection after the packets that were sent. No packet is reported afterwards. */
  void close();
}
