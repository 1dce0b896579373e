package dev.midge.broker.access;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The topics that each client may read and write, as an access file says. Immutable. */
public final class AccessRules {
  private final List<AccessRule> anonymous;
  private final Map<String, List<AccessRule>> users;
  private final List<AccessRule> patterns;

  private AccessRules(AccessFileReader file) {
    this.anonymous = List.copyOf(file.anonymous());
    this.users = Map.copyOf(file.users());
    this.patterns = List.copyOf(file.patterns());
  }

  /**
   * Reads an access file of mosquitto's.
   *
   * @throws AccessFileException when the file cannot be read, or a line is no good
   */
  public static AccessRules read(Path file) throws AccessFileException {
    AccessFileReader reader = new AccessFileReader(file);
    reader.read();
    return new AccessRules(reader);
  }

  /**
   * Tells whether a client may get messages of a topic.
   *
   * @param username null for a client without one
   */
  public boolean mayRead(String clientId, @Nullable String username, String topic) {
    return may(AccessRule.Access.READ, clientId, username, topic);
  }

  /**
   * Tells whether a client may publish to a topic.
   *
   * @param username null for a client without one
   */
  public boolean mayWrite(String clientId, @Nullable String username, String topic) {
    return may(AccessRule.Access.WRITE, clientId, username, topic);
  }

  private boolean may(
      AccessRule.Access access, String clientId, @Nullable String username, String topic) {
    List<AccessRule> own = username == null ? anonymous : users.getOrDefault(username, List.of());
    Boolean decided = decide(own, access, clientId, username, topic);
    if (decided == null && !isDangerous(clientId) && !(username != null && isDangerous(username))) {
      decided = decide(patterns, access, clientId, username, topic);
    }
    return decided != null && decided;
  }

  /** Returns null if no rule says anything of the topic and the access. */
  private static @Nullable Boolean decide(
      List<AccessRule> rules,
      AccessRule.Access access,
      String clientId,
      @Nullable String username,
      String topic) {
    Boolean decided = null;
    for (AccessRule rule : rules) {
      if ((rule.denies() || rule.grants(access)) && rule.matches(clientId, username, topic)) {
        if (rule.denies()) {
          return false; // whatever other lines grant
        }
        decided = true;
      }
    }
    return decided;
  }

  /** Tells whether a name would become a wildcard in a pattern. */
  private static boolean isDangerous(String name) {
    return name.indexOf('+') >= 0 || name.indexOf('#') >= 0;
  }
}
