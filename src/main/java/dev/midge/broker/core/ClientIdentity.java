package dev.midge.broker.core;

import org.jspecify.annotations.Nullable;

/**
 * The client that publishes or receives, as access rules know it.
 *
 * @param username null for none
 * @param listener that it has come in by; null if the listener is gone since
 */
public record ClientIdentity(
    String clientId, @Nullable String username, @Nullable ListenerSettings listener) {

  /** Makes one that no rules bind. */
  public static ClientIdentity of(String clientId) {
    return new ClientIdentity(clientId, null, null);
  }
}
