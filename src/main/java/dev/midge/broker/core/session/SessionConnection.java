package dev.midge.broker.core.session;

/** The connection of a session's client, as the session sees it. */
public interface SessionConnection {

  /**
   * Ends the connection. In MQTT 5 the client is told why.
   *
   * @param reasonCode of MQTT 5's DISCONNECT
   */
  void disconnect(int reasonCode, long now);
}
