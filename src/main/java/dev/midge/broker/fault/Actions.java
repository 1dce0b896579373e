package dev.midge.broker.fault;

import dev.midge.broker.core.DisconnectCause;
import java.nio.ByteBuffer;

/** The broker's end of a connection, as faults use it. Broker thread only. */
public interface Actions {

  /** Ends the connection for the core, then by FIN after the bytes that are to be written. */
  void end(DisconnectCause cause);

  /**
   * Ends the connection for the core, and by RST.
   *
   * @return false if its socket has no RST, and was closed
   */
  boolean reset(DisconnectCause cause);

  /** Drops the bytes that are not written. */
  void discard();

  /** Takes bytes to be written. */
  void send(ByteBuffer bytes);

  /** Writes at once what is to be written, as far as the socket takes it. */
  void write();

  /** Reads and writes at the end of the turn, as far as that is allowed then. */
  void goOn();

  /**
   * Reads at once what the client has sent while it was not read, so that no time-out comes before;
   * not to be called while a packet is handled.
   */
  void catchUp();

  /** Returns the time of MQTT's rules. */
  long now();

  /** Returns whether the core has ended the connection. */
  boolean isEnding();
}
