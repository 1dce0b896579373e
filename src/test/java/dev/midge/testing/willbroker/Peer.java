package dev.midge.testing.willbroker;

import dev.midge.mqtt.packet.Packet;

/** The client's end of a connection, as the state of the broker sees it. */
interface Peer {
  /** Sends without waiting. */
  void send(Packet packet);

  /** Ends the connection from the broker's side, without waiting. */
  void end();

  /** Gives an end of the connection that is on its way a moment to be noticed. */
  void awaitEndOnItsWay();
}
