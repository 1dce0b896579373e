package dev.midge.broker.core.session;

import dev.midge.broker.inspect.ConnectionSnapshot;
import org.jspecify.annotations.Nullable;

/** The connection of a session's client, as the session sees it. */
public interface SessionConnection {

  /**
   * Ends the connection. In MQTT 5 the client is told why.
   *
   * @param reasonCode of MQTT 5's DISCONNECT
   */
  void disconnect(int reasonCode, long now);

  /** Ends the connection, now or soon, if the client would not be let in any more. */
  void recheck(long now);

  /** Returns the connection as a value; null before CONNECT is accepted. */
  @Nullable ConnectionSnapshot snapshot(long now);
}
