package dev.midge.broker.core;

import dev.midge.broker.access.AccessRules;
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

  /**
   * Tells whether the client may get the messages of a topic: the access rules of its listener
   * allow it, and the topic is below the listener's mount point.
   */
  public boolean mayRead(String topic) {
    if (listener == null || listener.isUnrestricted()) {
      return true;
    }
    String mountPoint = listener.rules().mountPoint();
    AccessRules rules = listener.security().rules();
    return topic.length() > mountPoint.length()
        && topic.startsWith(mountPoint)
        && (rules == null || rules.mayRead(clientId, username, topic));
  }

  /** Tells whether the client may publish to a topic, which has the mount point before it. */
  public boolean mayWrite(String topic) {
    if (listener == null || listener.isUnrestricted()) {
      return true;
    }
    AccessRules rules = listener.security().rules();
    return rules == null || rules.mayWrite(clientId, username, topic);
  }
}
