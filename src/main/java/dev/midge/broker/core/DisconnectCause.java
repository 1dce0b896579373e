package dev.midge.broker.core;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;

/**
 * The cause of the end of a connection.
 *
 * @param reason mosquitto's words for the log; empty after DISCONNECT
 * @param discardsWill true if the client gave up its will
 */
public record DisconnectCause(String reason, boolean discardsWill) {
  private static final String NETWORK = "bad socket read/write: ";
  private static final String FAULT = "fault ";

  /** DISCONNECT with reason 0x00. */
  public static final DisconnectCause NORMAL = new DisconnectCause("", true);

  /** DISCONNECT with reason 0x04, or with that of an error: an orderly end with a will. */
  public static final DisconnectCause WITH_WILL = new DisconnectCause("", false);

  /** The peer closed the connection in TCP's orderly way, without DISCONNECT. */
  public static final DisconnectCause CLOSED_BY_CLIENT = abrupt("connection closed by client");

  public static final DisconnectCause TIMEOUT = abrupt("exceeded timeout");
  public static final DisconnectCause TAKEN_OVER = abrupt("session taken over");
  public static final DisconnectCause STOPPED = abrupt("server shutting down");

  /** An administrator has ended the connection. */
  public static final DisconnectCause ADMINISTRATIVE = abrupt("administrative action");

  /** The broker failed at something that this client asked for. */
  public static final DisconnectCause INTERNAL_ERROR = abrupt("internal error");

  public static final DisconnectCause PROTOCOL_ERROR = abrupt("protocol error");

  /** A browser asked for a WebSocket on behalf of a page that the listener does not serve. */
  public static final DisconnectCause FOREIGN_ORIGIN = abrupt("non-matching http origin");

  /**
   * A read or a write failed, for instance because the peer reset the connection.
   *
   * @param why in the system's words
   */
  public static DisconnectCause network(String why) {
    return abrupt(NETWORK + why);
  }

  /** The broker ended the connection because a fault was due. */
  public static DisconnectCause fault(String effect) {
    return abrupt(FAULT + effect);
  }

  /** Tells whether a read or a write has failed. */
  public boolean isNetworkFailure() {
    return reason.startsWith(NETWORK);
  }

  /** Tells whether an administrator or a fault has ended the connection. */
  public boolean isOfBroker() {
    return reason.startsWith(FAULT) || equals(ADMINISTRATIVE);
  }

  /** Returns the cause when the broker ended the connection for a reason code of MQTT 5. */
  public static DisconnectCause of(int reasonCode) {
    return switch (reasonCode) {
      case ReasonCode.MALFORMED_PACKET -> abrupt("malformed packet");
      case ReasonCode.NOT_AUTHORIZED, ReasonCode.BAD_USER_NAME_OR_PASSWORD ->
          abrupt("not authorised");
      case ReasonCode.PACKET_TOO_LARGE -> abrupt("oversize packet");
      case ReasonCode.RECEIVE_MAXIMUM_EXCEEDED -> abrupt("receive maximum exceeded");
      case ReasonCode.TOPIC_ALIAS_INVALID -> abrupt("topic alias invalid");
      case ReasonCode.QUOTA_EXCEEDED, ReasonCode.SERVER_BUSY -> abrupt("quota exceeded");
      case ReasonCode.CLIENT_IDENTIFIER_NOT_VALID -> abrupt("client identifier not valid");
      case ReasonCode.RETAIN_NOT_SUPPORTED -> abrupt("used disallowed feature (retain)");
      case ReasonCode.QOS_NOT_SUPPORTED -> abrupt("used disallowed feature (QoS)");
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

  private static DisconnectCause abrupt(String reason) {
    return new DisconnectCause(reason, false);
  }
}
