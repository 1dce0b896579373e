package dev.midge.broker;

import dev.midge.broker.transport.TlsFiles;
import java.nio.file.Path;

/**
 * One door of a broker: where it listens, on this machine only, and what its connections speak.
 *
 * @param port 1 to 65535 on the loopback addresses, 0 for a free one; without meaning for a unix
 *     socket
 * @param path of a unix socket; null for TCP
 * @param tls null for none
 */
public record ListenerSpec(int port, Path path, Protocol protocol, TlsFiles tls) {

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
    return new ListenerSpec(port, null, Protocol.MQTT, null);
  }

  /** MQTT in WebSockets on a port. */
  public static ListenerSpec webSocket(int port) {
    return new ListenerSpec(port, null, Protocol.WEBSOCKETS, null);
  }

  /** Bare MQTT on a unix socket. */
  public static ListenerSpec unix(Path path) {
    return new ListenerSpec(0, path, Protocol.MQTT, null);
  }

  /** The same within TLS. */
  public ListenerSpec withTls(TlsFiles files) {
    return new ListenerSpec(port, path, protocol, files);
  }
}
