package dev.midge.broker.access;

import dev.midge.mqtt.Topics;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of an access file.
 *
 * @param granted none if the line denies all access
 * @param isPattern whether {@code %c} and {@code %u} stand for the client's names
 */
record AccessRule(Set<Access> granted, String filter, boolean isPattern) {
  enum Access {
    READ,
    WRITE
  }

  AccessRule {
    granted = Set.copyOf(granted);
  }

  boolean denies() {
    return granted.isEmpty();
  }

  boolean grants(Access access) {
    return granted.contains(access);
  }

  /** Tells whether the filter, with the client's names in it, matches the topic. */
  boolean matches(String clientId, @Nullable String username, String topic) {
    if (!topic.isEmpty() && topic.charAt(0) == '$' && filter.charAt(0) != '$') {
      return false;
    }
    if (!isPattern || filter.indexOf('%') < 0) {
      return Topics.matches(filter, topic);
    }
    String named = named(clientId, username);
    return named != null && Topics.matches(named, topic);
  }

  /** Returns null if the filter needs a user name, and there is none. */
  private @Nullable String named(String clientId, @Nullable String username) {
    StringBuilder named = new StringBuilder(filter.length() + clientId.length());
    for (int i = 0; i < filter.length(); i++) {
      if (filter.startsWith("%c", i)) {
        named.append(clientId);
        i++;
      } else if (filter.startsWith("%u", i)) {
        if (username == null) {
          return null;
        }
        named.append(username);
        i++;
      } else {
        named.append(filter.charAt(i));
      }
    }
    return named.toString();
  }
}
