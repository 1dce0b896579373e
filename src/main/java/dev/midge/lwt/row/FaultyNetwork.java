package dev.midge.lwt.row;

import dev.midge.fault.Fault;
import dev.midge.net.Endpoint;

/** A network between clients of the drill and the broker, which can be made to fail. */
public interface FaultyNetwork {

  /** Returns where clients connect, in place of the broker's own endpoint. */
  Endpoint endpoint();

  /**
   * Makes a fault begin now on the connection of a client, which has CONNACK; returns when it has
   * begun.
   *
   * @throws RowAborted when there is no such connection any more
   */
  void fail(String clientId, Fault fault) throws RowAborted, InterruptedException;
}
