package dev.midge.broker;

import dev.midge.broker.config.TlsFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One listener of a broker: its address, and the protocol of its connections.
 *
 * @param port 1 to 65535, 0 for a free one; not used for a unix socket
 * @param address a name or an address of this machine; null for the loopback addresses
 * @param path of a unix socket; null for TCP
 * @param tls null for a listener without TLS
 */
public record ListenerSpec(
    int port,
    @Nullable String address,
    @Nullable Path path,
    Protocol protocol,
    @Nullable TlsFiles tls) {

  /** The protocols, under the names of mosquitto's configuration. */
  public enum Protocol {
    MQTT,
    WEBSOCKETS
  }

  public ListenerSpec {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  /** Returns MQTT on a port. */
  public static ListenerSpec tcp(int port) {
    return new ListenerSpec(port, null, null, Protocol.MQTT, null);
  }

  /** Returns MQTT in WebSockets on a port. */
  public static ListenerSpec webSocket(int port) {
    return new ListenerSpec(port, null, null, Protocol.WEBSOCKETS, null);
  }

  /** Returns MQTT on a unix socket. */
  public static ListenerSpec unix(Path path) {
    return new ListenerSpec(0, null, path, Protocol.MQTT, null);
  }

  /**
   * Returns a copy on another address; all who reach it can connect.
   *
   * @param other {@code 0.0.0.0} or {@code ::} for all
   */
  public ListenerSpec on(String other) {
    return new ListenerSpec(port, other, path, protocol, tls);
  }

  /** Returns a copy with TLS. */
  public ListenerSpec withTls(TlsFiles files) {
    return new ListenerSpec(port, address, path, protocol, files);
  }
}
