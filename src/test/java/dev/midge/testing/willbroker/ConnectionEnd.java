package dev.midge.testing.willbroker;

/**
 * The way in which a connection ended.
 *
 * @param reason of DISCONNECT; else 0
 * @param properties whether DISCONNECT had any
 * @param partial whether a packet was unfinished
 * @param cleanStart of the CONNECT that took over
 */
record ConnectionEnd(
    Kind kind, int reason, boolean properties, boolean partial, boolean cleanStart) {

  enum Kind {
    DISCONNECT,
    /** TCP's FIN, without a closing message of another layer before it. */
    FIN,
    /** A close_notify of TLS. */
    CLOSE_NOTIFY,
    /** TCP's FIN without a close_notify of TLS. */
    TLS_CUT,
    /** A Close frame of WebSocket. */
    CLOSE_FRAME,
    RESET,
    SILENCE,
    MALFORMED,
    SECOND_CONNECT,
    TAKEN_OVER
  }

  static ConnectionEnd disconnect(int reason, boolean properties) {
    return new ConnectionEnd(Kind.DISCONNECT, reason, properties, false, false);
  }

  static ConnectionEnd cut(Kind kind, boolean partial) {
    return new ConnectionEnd(kind, 0, false, partial, false);
  }

  static ConnectionEnd byBroker(Kind kind) {
    return new ConnectionEnd(kind, 0, false, false, false);
  }

  static ConnectionEnd takenOver(boolean cleanStart) {
    return new ConnectionEnd(Kind.TAKEN_OVER, 0, false, false, cleanStart);
  }

  /** The only end that deletes the will. */
  boolean isClean() {
    return kind == Kind.DISCONNECT && reason == 0; // [MQTT-3.14.4-3]
  }

  boolean isDisconnect() {
    return kind == Kind.DISCONNECT;
  }

  boolean isReset() {
    return kind == Kind.RESET;
  }

  boolean isTakeOver() {
    return kind == Kind.TAKEN_OVER;
  }

  /** Tells whether the client went first, without DISCONNECT. */
  boolean isCut() {
    return switch (kind) {
      case FIN, CLOSE_NOTIFY, TLS_CUT, CLOSE_FRAME, RESET -> true;
      default -> false;
    };
  }

  /** Tells whether the transport ended in that way, between two packets. */
  boolean isWhole(Kind one, Kind other) {
    return !partial && (kind == one || kind == other);
  }
}
