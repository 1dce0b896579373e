package dev.midge.broker.core.router;

import dev.midge.broker.access.AccessRules;
import dev.midge.broker.access.Passwords;
import dev.midge.broker.access.Security;
import dev.midge.broker.config.Limits;
import dev.midge.broker.config.ListenerRules;
import dev.midge.broker.config.ListenerRules.Identity;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.mqtt.ProtocolVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Settings of listeners that do not let everybody do everything. */
final class Secured {
  static final Passwords PASSWORDS = Passwords.of(Map.of("alice", "a-word", "bob", "b-word"));

  private Secured() {}

  /** The users alice and bob, and nobody else. */
  static ListenerSettings withPasswords() {
    return listener(new Security(false, PASSWORDS, null));
  }

  /** Everybody, under the rules of an access file. */
  static ListenerSettings withRules(String... lines) {
    return listener(new Security(true, null, rules(lines)));
  }

  static ListenerSettings listener(Security security) {
    return new ListenerSettings("1883", Limits.DEFAULT, ListenerRules.DEFAULT, security);
  }

  static ListenerSettings listener(ListenerRules rules) {
    return new ListenerSettings("1883", Limits.DEFAULT, rules, Security.OPEN);
  }

  static ListenerRules mountedAt(String mountPoint) {
    return new ListenerRules(
        -1, EnumSet.allOf(ProtocolVersion.class), mountPoint, false, Identity.NONE, List.of());
  }

  static ListenerRules rules(boolean usernameAsClientId, Identity identity) {
    return new ListenerRules(
        -1, EnumSet.allOf(ProtocolVersion.class), "", usernameAsClientId, identity, List.of());
  }

  static void replace(ListenerSettings settings, Security security) {
    settings.replace(settings.limits(), settings.rules(), security);
  }

  static AccessRules rules(String... lines) {
    try {
      Path file = Files.createTempFile("midge", ".acl");
      Files.write(file, List.of(lines));
      AccessRules rules = AccessRules.read(file);
      Files.delete(file);
      return rules;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
