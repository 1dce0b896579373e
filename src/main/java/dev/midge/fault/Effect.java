package dev.midge.fault;

/** What a fault does to a connection. The names in lower case are the words of {@code --fault}. */
public enum Effect {
  /** The connection is closed in TCP's orderly way (FIN), without DISCONNECT. */
  CLOSE,
  /** The connection is torn (TCP RST). */
  RESET,
  /**
   * Nothing is read or written any more and the socket stays open: only keep alive can find out.
   */
  FREEZE,
  /** The process is gone at once, as after {@code kill -9}. */
  KILL,
  /** DISCONNECT with reason 0x04, which asks for the will; MQTT 5 only. */
  WILL
}
