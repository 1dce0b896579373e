package dev.midge.broker;

import dev.midge.broker.transport.TlsFiles;
import java.nio.file.Path;

/**
 * One door of a broker: where it listens, and what its connections speak.
 *
 * @param port 1 to 65535, 0 for a free one; without meaning for a unix socket
 * @param address a name or an address of this machine; null for the loopback addresses
 * @param path of a unix socket; null for TCP
 * @param tls null for none
 */
public record ListenerSpec(int port, String address, Path path, Protocol protocol, TlsFiles tls) {

  /** Under the names of mosquitto's configuration. */
  public enum Protocol {
    MQTT,
    WEBSOCKETS
  }

  public ListenerSpec {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port);
    }
  }

  /** Bare MQTT on a port. */
  public static ListenerSpec tcp(int port) {
    return new ListenerSpec(port, null, null, Protocol.MQTT, null);
  }

  /** MQTT in WebSockets on a port. */
  public static ListenerSpec webSocket(int port) {
    return new ListenerSpec(port, null, null, Protocol.WEBSOCKETS, null);
  }

  /** Bare MQTT on a unix socket. */
  public static ListenerSpec unix(Path path) {
    return new ListenerSpec(0, null, path, Protocol.MQTT, null);
  }

  /**
   * The same on another address; whoever reaches it can connect.
   *
   * @param other {@code 0.0.0.0} or {@code ::} for all
   */
  public ListenerSpec on(String other) {
    return new ListenerSpec(port, other, path, protocol, tls);
  }

  /** The same within TLS. */
  public ListenerSpec withTls(TlsFiles files) {
    return new ListenerSpec(port, address, path, protocol, files);
  }
}
