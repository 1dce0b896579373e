package dev.midge.net;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A broker's address and the way to it: a value that can be handed to another process whole. Each
 * setting is in it and is serialized with it, passwords too, so that a process that connects in the
 * place of this one does so in the same way. {@link #handedOver} makes one ready for that.
 *
 * @param transport what carries MQTT's bytes
 * @param host name or address; the path of the socket for {@link Transport#UNIX}
 * @param port 1 to 65535; 0 for {@link Transport#UNIX}
 * @param bindAddress local name or address to bind before connecting; null for any
 * @param tls null for none
 * @param proxy null for none
 */
public record Endpoint(
    Transport transport,
    String host,
    int port,
    @Nullable String bindAddress,
    @Nullable TlsSpec tls,
    @Nullable ProxySpec proxy)
    implements Serializable {

  /** A carrier of MQTT's bytes. */
  public enum Transport {
    TCP,
    UNIX,
    /** MQTT over WebSocket, with TLS below it if there is one. */
    WEBSOCKET
  }

  /** Makes one of plain TCP. */
  public Endpoint(String host, int port, @Nullable String bindAddress) {
    this(Transport.TCP, host, port, bindAddress, null, null);
  }

  /**
   * Returns the same endpoint, whose passphrase is asked for once and not at each connection; the
   * answer is serialized with it.
   */
  public Endpoint handedOver() {
    return tls == null || tls.passphrase() == null
        ? this
        : new Endpoint(
            transport,
            host,
            port,
            bindAddress,
            tls.withPassphrase(new RememberedPassphrase(tls.passphrase())),
            proxy);
  }
}
