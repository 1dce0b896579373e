package dev.midge.wire;

/**
 * Where and how a broker is to be reached.
 *
 * @param transport what carries MQTT's bytes
 * @param host name or address; the path of the socket for {@link Transport#UNIX}
 * @param port 1 to 65535; 0 for {@link Transport#UNIX}
 * @param bindAddress local name or address to bind before connecting; null for any
 * @param tls null for none
 * @param proxy null for none
 */
public record Endpoint(
    Transport transport, String host, int port, String bindAddress, TlsSpec tls, ProxySpec proxy) {

  /** What carries MQTT's bytes. */
  public enum Transport {
    TCP,
    UNIX,
    /** MQTT over WebSocket, with TLS below it if there is one. */
    WEBSOCKET
  }

  /** Plain TCP. */
  public Endpoint(String host, int port, String bindAddress) {
    this(Transport.TCP, host, port, bindAddress, null, null);
  }
}
