package dev.midge.wire;

import java.io.IOException;

/** A wire that could not be made although the network did its part. */
public final class WireException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Who refused, as far as exit statuses tell it apart. */
  public enum Kind {
    /** The endpoint cannot exist: the path of a unix socket is too long. */
    INVALID,
    /** TLS: a file cannot be used, the handshake failed, the peer is not trusted. */
    TLS,
    /**
     * A file named for TLS does not exist or cannot be read; found before anything is connected.
     */
    TLS_FILE,
    /** A setting of TLS that cannot be honoured; found before anything is connected. */
    TLS_SETTING,
    /** The proxy wants other credentials, or forbids the connection. */
    PROXY_AUTHORISATION,
    /** The proxy cannot reach the broker. */
    PROXY_UNREACHABLE,
    /** The proxy refused for another reason. */
    PROXY,
    /** The answer is not that of a WebSocket server that speaks MQTT. */
    WEBSOCKET
  }

  private final Kind kind;

  public WireException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public WireException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
