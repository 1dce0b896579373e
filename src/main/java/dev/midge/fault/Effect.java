package dev.midge.fault;

/**
 * The effect of a fault on a connection. The names in lower case are the words of {@code --fault}.
 */
public enum Effect {
  /** The connection is closed in TCP's orderly way (FIN), without DISCONNECT. */
  CLOSE,
  /** The connection is reset (TCP RST). */
  RESET,
  /**
   * No more bytes are read or written, and the socket stays open: only keep alive can detect it.
   */
  FREEZE,
  /** The process ends at once, as after {@code kill -9}. */
  KILL,
  /** DISCONNECT with reason 0x04, which asks for the will; MQTT 5 only. */
  WILL
}
