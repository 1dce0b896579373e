package dev.midge.client;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Tells why a connection could not be made, was refused, or ended against the plan. Its cause,
 * where it has one, is the exception of the transport, which may know more: addresses,
 * certificates.
 */
public final class ConnectionFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** The reason codes of MQTT 5 for the return codes of CONNACK in MQTT 3. */
  private static final int[] CONNACK_V3 = {
    ReasonCode.SUCCESS,
    ReasonCode.UNSUPPORTED_PROTOCOL_VERSION,
    ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
    ReasonCode.SERVER_UNAVAILABLE,
    ReasonCode.BAD_USER_NAME_OR_PASSWORD,
    ReasonCode.NOT_AUTHORIZED
  };

  /** Names each failure that has an exit status of its own. */
  public enum Kind {
    /** The name of the broker, or of the bind address, is not known. */
    LOOKUP,
    /**
     * The system could not connect; the message is the system's text, such as {@code Connection
     * refused}.
     */
    UNREACHABLE,
    /** The endpoint cannot exist. */
    INVALID,
    /** TLS could not be set up, or its handshake failed; the message is the reason. */
    TLS,
    /** The proxy wants other credentials, or forbids the connection. */
    PROXY_AUTHORISATION,
    /** The proxy cannot reach the broker. */
    PROXY_UNREACHABLE,
    /** The proxy refused for another reason. */
    PROXY,
    /** There is no WebSocket server that speaks MQTT. */
    WEBSOCKET,
    /** CONNACK refused; the code is CONNACK's, of {@link #version}. */
    REFUSED,
    /** The connection was lost. */
    LOST,
    /** No PINGRESP came. */
    KEEPALIVE,
    /** No CONNACK came within the time that the user gave. */
    SILENT,
    /** A later packet was not answered in time; the message says which. */
    UNANSWERED,
    /** The broker sent DISCONNECT; the code is its reason. */
    DISCONNECTED,
    /** The broker broke the protocol. */
    PROTOCOL,
    /** The broker sent a malformed packet. */
    MALFORMED,
    /** The broker sent AUTH. */
    AUTHENTICATION,
    /** The message asks for more QoS than the broker offers. */
    QOS_NOT_SUPPORTED,
    /** The packet is larger than the broker takes, or than MQTT can say. */
    OVERSIZE,
    /** A message is larger than the JVM has memory for. */
    MEMORY
  }

  private final Kind kind;
  private final int code;
  private final @Nullable String reasonString;
  private final @Nullable ProtocolVersion version;
  private final transient byte @Nullable [] beginning;
  private @Nullable String serverReference;
  private long retries;

  private ConnectionFailure(
      Kind kind,
      @Nullable String message,
      int code,
      @Nullable String reasonString,
      @Nullable ProtocolVersion version,
      byte @Nullable [] beginning) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.reasonString = reasonString;
    this.version = version;
    this.beginning = beginning;
  }

  /**
   * @param message null where the kind says it all
   * @param code a reason code, or 0
   * @param reasonString the broker's
   */
  public ConnectionFailure(
      Kind kind, @Nullable String message, int code, @Nullable String reasonString) {
    this(kind, message, code, reasonString, null, null);
  }

  public ConnectionFailure(Kind kind, @Nullable String message) {
    this(kind, message, 0, null);
  }

  /**
   * Returns the failure of a connection that CONNACK refuses.
   *
   * @param version the one of CONNECT. A broker that knows no MQTT 5 refuses in the words of MQTT
   *     3, which are translated
   * @param reasonString the broker's
   */
  public static ConnectionFailure refused(
      ProtocolVersion version, int code, @Nullable String reasonString) {
    int known = version.isV5() && code < CONNACK_V3.length ? CONNACK_V3[code] : code;
    return new ConnectionFailure(Kind.REFUSED, null, known, reasonString, version, null);
  }

  /**
   * Returns the failure of a connection whose broker sent what is no MQTT.
   *
   * @param beginning the first bytes of its very first answer; null when it has answered before
   */
  static ConnectionFailure malformed(
      Kind kind, @Nullable String message, int code, byte @Nullable [] beginning) {
    return new ConnectionFailure(kind, message, code, null, null, beginning);
  }

  public Kind kind() {
    return kind;
  }

  public int code() {
    return code;
  }

  public @Nullable String reasonString() {
    return reasonString;
  }

  /**
   * Adds the Server Reference: where the broker says to go instead.
   *
   * @return this
   */
  public ConnectionFailure referringTo(@Nullable String reference) {
    serverReference = reference;
    return this;
  }

  /** Returns the Server Reference of the broker's CONNACK or DISCONNECT. */
  public @Nullable String serverReference() {
    return serverReference;
  }

  /**
   * Adds how often the connection was tried again before this was the end.
   *
   * @return this
   */
  public ConnectionFailure afterRetries(long count) {
    retries = count;
    return this;
  }

  /** Returns how often the connection was tried again; 0 where it was not. */
  public long retries() {
    return retries;
  }

  /** Returns the version that the code of a refusal belongs to; null for other failures. */
  public @Nullable ProtocolVersion version() {
    return version;
  }

  /** Returns whether the broker broke the rules of MQTT, and is to be told so in MQTT 5. */
  public boolean isFaultOfBroker() {
    return kind == Kind.MALFORMED || kind == Kind.PROTOCOL;
  }

  /** Returns whether the code of a refusal is one of MQTT 5. */
  public boolean isOfV5() {
    return version != null && version.isV5();
  }

  /**
   * Returns how an answer that is no MQTT begins, where MQTT has not been spoken before, at most
   * 100 bytes; null for other failures. It may tell which protocol is spoken there.
   */
  public byte @Nullable [] beginning() {
    return beginning;
  }

  /**
   * Returns whether this is a message or request that was not sent, since it exceeds what the
   * broker takes: the connection goes on.
   */
  public boolean isUnsendable() {
    return kind == Kind.QOS_NOT_SUPPORTED || kind == Kind.OVERSIZE;
  }
}
