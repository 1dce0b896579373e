package dev.midge.net.websocket;

/** A rule for WebSocket frames that the peer broke. */
public enum Violation {
  /** A reserved bit; a mask of a server, or none of a client. */
  RESERVED_BIT_OR_MASK(FrameFormat.PROTOCOL_ERROR),
  /** Text, where MQTT wants binary data [MQTT-6.0.0-1]. */
  TEXT(FrameFormat.UNSUPPORTED_DATA),
  /** A control frame in parts, or of more than 125 bytes. */
  LONG_CONTROL_FRAME(FrameFormat.PROTOCOL_ERROR),
  /** A control frame that is neither close, ping nor pong. */
  UNKNOWN_CONTROL_FRAME(FrameFormat.PROTOCOL_ERROR),
  /** A message within a message, a continuation of none, or data of an unknown kind. */
  OUT_OF_ORDER(FrameFormat.PROTOCOL_ERROR),
  /** A length that is negative, or of a client one in more bytes than it needs. */
  LENGTH(FrameFormat.PROTOCOL_ERROR),
  /** A close code that must not be sent, or half a code. */
  CLOSE_CODE(FrameFormat.PROTOCOL_ERROR);

  private final int closeCode;

  Violation(int closeCode) {
    this.closeCode = closeCode;
  }

  /** Returns the close code that answers it, RFC 6455 7.4.1. */
  public int closeCode() {
    return closeCode;
  }
}
