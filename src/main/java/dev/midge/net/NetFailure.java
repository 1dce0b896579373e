package dev.midge.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A channel that could not be connected although the network did its part. */
public final class NetFailure extends IOException {
  private static final long serialVersionUID = 1L;

  /** The layer or peer that refused, as far as exit statuses tell them apart. */
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
  private final transient @Nullable TlsRefusal refusal;

  public NetFailure(Kind kind, @Nullable String message) {
    this(kind, message, null);
  }

  public NetFailure(Kind kind, @Nullable String message, @Nullable Throwable cause) {
    this(kind, message, cause, 0, null);
  }

  private NetFailure(
      Kind kind,
      @Nullable String message,
      @Nullable Throwable cause,
      int reply,
      @Nullable TlsRefusal refusal) {
    super(message, cause);
    this.kind = kind;
    this.reply = reply;
    this.refusal = refusal;
  }

  /** Makes the failure of a proxy that refused with that number. */
  public static NetFailure ofProxy(Kind kind, String message, int reply) {
    return new NetFailure(kind, message, null, reply, null);
  }

  /** Makes the failure of a TLS handshake. */
  public static NetFailure ofHandshake(String message, Throwable cause, TlsRefusal refusal) {
    return new NetFailure(Kind.TLS, message, cause, 0, refusal);
  }

  public Kind kind() {
    return kind;
  }

  /** Returns the reply of the SOCKS5 proxy, 1 to 255; 0 when there was no such reply. */
  public int reply() {
    return reply;
  }

  /** Returns the facts of a TLS handshake that failed; null for other failures. */
  public @Nullable TlsRefusal refusal() {
    return refusal;
  }
}
