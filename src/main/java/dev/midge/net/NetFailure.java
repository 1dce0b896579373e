package dev.midge.net;

import java.io.IOException;

/** A wire that could not be made although the network did its part. */
public final class NetFailure extends IOException {
  private static final long serialVersionUID = 1L;

  /** Who refused, as far as exit statuses tell it apart. */
  public enum Kind {
    /** The endpoint cannot exist: the path of a unix socket is too long. */
    INVALID,
    /** TLS: a file cannot be used, the handshake failed, the peer is not trusted. */
    TLS,
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
  private final int reply;
  private final transient TlsRefusal refusal;

  public NetFailure(Kind kind, String message) {
    this(kind, message, null);
  }

  public NetFailure(Kind kind, String message, Throwable cause) {
    this(kind, message, cause, 0, null);
  }

  private NetFailure(Kind kind, String message, Throwable cause, int reply, TlsRefusal refusal) {
    super(message, cause);
    this.kind = kind;
    this.reply = reply;
    this.refusal = refusal;
  }

  /** The proxy said no with that number. */
  public static NetFailure ofProxy(Kind kind, String message, int reply) {
    return new NetFailure(kind, message, null, reply, null);
  }

  /** The handshake failed. */
  public static NetFailure ofHandshake(String message, Throwable cause, TlsRefusal refusal) {
    return new NetFailure(Kind.TLS, message, cause, 0, refusal);
  }

  public Kind kind() {
    return kind;
  }

  /** What the SOCKS5 proxy replied, 1 to 255; 0 when it was no such reply. */
  public int reply() {
    return reply;
  }

  /** The facts of a TLS handshake that failed; null for other failures. */
  public TlsRefusal refusal() {
    return refusal;
  }
}
