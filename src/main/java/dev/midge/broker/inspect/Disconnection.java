package dev.midge.broker.inspect;

/**
 * The end of a client's connection, as the broker has seen it.
 *
 * @param words of the broker's log; empty after DISCONNECT
 */
public record Disconnection(Kind kind, String words) {

  /** The ways in which a connection ends. */
  public enum Kind {
    /** DISCONNECT with reason 0x00, which discards the will. */
    DISCONNECT,
    /** DISCONNECT with reason 0x04 or that of an error, which leaves the will. */
    DISCONNECT_WITH_WILL,
    /** The client closed its socket in order (TCP: FIN), without DISCONNECT. */
    FIN,
    /** The connection broke; mostly, the client has reset it (TCP: RST). */
    RESET,
    /** The client was silent for longer than one and a half times its keep alive. */
    KEEP_ALIVE,
    /** Another connection with the same client identifier has taken its place. */
    TAKEN_OVER,
    /** The broker has ended it for what the client sent, or was not allowed to do. */
    REFUSED,
    /** An administrator, or a test, has ended it. */
    KICKED,
    /** The broker stops. */
    STOPPED
  }
}
