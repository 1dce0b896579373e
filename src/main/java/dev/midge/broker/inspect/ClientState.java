package dev.midge.broker.inspect;

import org.jspecify.annotations.Nullable;

/** A state of a client that somebody may wait for. */
public enum ClientState {
  /** CONNECT was accepted, and the connection has not ended. */
  CONNECTED,
  /** There is no connection, and perhaps there never was one. */
  DISCONNECTED,
  /** The client is connected and has a subscription. */
  SUBSCRIBED;

  /**
   * Tells whether a client is in this state.
   *
   * @param session null for a client without one
   */
  public boolean holds(@Nullable SessionSnapshot session) {
    if (session == null || session.connection() == null) {
      return this == DISCONNECTED;
    }
    return this == CONNECTED || this == SUBSCRIBED && !session.subscriptions().isEmpty();
  }
}
