package dev.midge.broker.core;

import dev.midge.broker.inspect.Disconnection.Kind;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;

/**
 * The cause of the end of a connection.
 *
 * @param reason mosquitto's words for the log; empty after DISCONNECT
 * @param kind of the end, for those who look into the broker
 */
public record DisconnectCause(String reason, Kind kind) {
  /** DISCONNECT with reason 0x00. */
  public static final DisconnectCause NORMAL = new DisconnectCause("", Kind.DISCONNECT);

  /** DISCONNECT with reason 0x04, or with that of an error: an orderly end with a will. */
  public static final DisconnectCause WITH_WILL =
      new DisconnectCause("", Kind.DISCONNECT_WITH_WILL);

  /** The peer closed the connection in TCP's orderly way, without DISCONNECT. */
  public static final DisconnectCause CLOSED_BY_CLIENT =
      new DisconnectCause("connection closed by client", Kind.FIN);

  public static final DisconnectCause TIMEOUT =
      new DisconnectCause("exceeded timeout", Kind.KEEP_ALIVE);
  public static final DisconnectCause TAKEN_OVER =
      new DisconnectCause("session taken over", Kind.TAKEN_OVER);
  public static final DisconnectCause STOPPED =
      new DisconnectCause("server shutting down", Kind.STOPPED);

  /** An administrator has ended the connection. */
  public static final DisconnectCause ADMINISTRATIVE =
      new DisconnectCause("administrative action", Kind.KICKED);

  /** The broker failed at something that this client asked for. */
  public static final DisconnectCause INTERNAL_ERROR = refused("internal error");

  public static final DisconnectCause PROTOCOL_ERROR = refused("protocol error");

  /** A browser asked for a WebSocket on behalf of a page that the listener does not serve. */
  public static final DisconnectCause FOREIGN_ORIGIN = refused("non-matching http origin");

  /**
   * A read or a write failed, for instance because the peer reset the connection.
   *
   * @param why in the system's words
   */
  public static DisconnectCause network(String why) {
    return new DisconnectCause("bad socket read/write: " + why, Kind.RESET);
  }

  /** The broker ended the connection because a fault was due. */
  public static DisconnectCause fault(String effect) {
    return new DisconnectCause("fault " + effect, Kind.KICKED);
  }

  /** The broker refused CONNECT because a fault was due. */
  public static DisconnectCause refusalByFault(String effect) {
    return refused("fault " + effect);
  }

  /** Tells whether the client has given up its will. */
  public boolean discardsWill() {
    return kind == Kind.DISCONNECT;
  }

  /** Returns the cause when the broker ended the connection for a reason code of MQTT 5. */
  public static DisconnectCause of(int reasonCode) {
    return switch (reasonCode) {
      case ReasonCode.MALFORMED_PACKET -> refused("malformed packet");
      case ReasonCode.NOT_AUTHORIZED, ReasonCode.BAD_USER_NAME_OR_PASSWORD ->
          refused("not authorised");
      case ReasonCode.PACKET_TOO_LARGE -> refused("oversize packet");
      case ReasonCode.RECEIVE_MAXIMUM_EXCEEDED -> refused("receive maximum exceeded");
      case ReasonCode.TOPIC_ALIAS_INVALID -> refused("topic alias invalid");
      case ReasonCode.QUOTA_EXCEEDED, ReasonCode.SERVER_BUSY -> refused("quota exceeded");
      case ReasonCode.CLIENT_IDENTIFIER_NOT_VALID -> refused("client identifier not valid");
      case ReasonCode.RETAIN_NOT_SUPPORTED -> refused("used disallowed feature (retain)");
      case ReasonCode.QOS_NOT_SUPPORTED -> refused("used disallowed feature (QoS)");
      case ReasonCode.SESSION_TAKEN_OVER -> TAKEN_OVER;
      case ReasonCode.ADMINISTRATIVE_ACTION -> ADMINISTRATIVE;
      case ReasonCode.KEEP_ALIVE_TIMEOUT -> TIMEOUT;
      case ReasonCode.SERVER_SHUTTING_DOWN -> STOPPED;
      default -> PROTOCOL_ERROR;
    };
  }

  /** Returns the cause when the broker has refused CONNECT with a code of that version. */
  public static DisconnectCause ofRefusal(ProtocolVersion version, int reasonCode) {
    if (version.isV5()) {
      return of(reasonCode);
    }
    return switch (reasonCode) {
      case 2 -> of(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
      case 3 -> of(ReasonCode.QUOTA_EXCEEDED);
      case 4, 5 -> of(ReasonCode.NOT_AUTHORIZED);
      default -> PROTOCOL_ERROR;
    };
  }

  private static DisconnectCause refused(String reason) {
    return new DisconnectCause(reason, Kind.REFUSED);
  }
}
