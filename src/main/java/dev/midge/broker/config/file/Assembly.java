package dev.midge.broker.config.file;

import dev.midge.broker.ListenerSpec;
import dev.midge.broker.access.AccessFileException;
import dev.midge.broker.access.AccessRules;
import dev.midge.broker.access.Passwords;
import dev.midge.broker.access.Security;
import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.text.TerminalEscapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the values of a configuration from its keys, when all of them are known. */
final class Assembly {
  /** Reads the files that say who is let in and may do what. */
  interface AccessFiles {
    /** Reads them from the disk. */
    AccessFiles ON_DISK =
        new AccessFiles() {
          @Override
          public Passwords passwords(Path file) throws IOException {
            return Passwords.read(file);
          }

          @Override
          public AccessRules rules(Path file) throws IOException {
            return AccessRules.read(file);
          }
        };

    Passwords passwords(Path file) throws IOException;

    AccessRules rules(Path file) throws IOException;
  }

  private final Draft draft;
  private final AccessFiles files;
  private final Map<Path, Passwords> passwords = new HashMap<>();
  private final Map<Path, AccessRules> rules = new HashMap<>();

  Assembly(Draft draft, AccessFiles files) {
    this.draft = draft;
    this.files = files;
  }

  /** Refuses what no line is to blame for alone. */
  void check() throws BadValue {
    for (Plugin each : draft.plugins) {
      each.check();
    }
  }

  List<ListenerSpec> listeners() throws BadValue, ConfigFileException {
    List<ListenerSpec> listeners = new ArrayList<>();
    for (ListenerDraft each : draft.listeners) {
      listeners.add(listener(each));
    }
    return listeners;
  }

  /** Returns who is let in at ports that the file does not define. */
  Security security() throws ConfigFileException {
    return security(draft.security, null);
  }

  Limits limits() {
    return limits(draft.security).build();
  }

  private ListenerSpec listener(ListenerDraft listener) throws BadValue, ConfigFileException {
    SecurityDraft security = draft.isPerListener() ? listener.security : draft.security;
    Limits.Builder limits =
        limits(security)
            .maxQos(listener.maxQos)
            .maxTopicAlias(listener.maxTopicAlias)
            .maxTopicAliasBroker(listener.maxTopicAliasBroker);
    if (listener.autoIdPrefix != null) {
      limits.autoIdPrefix(listener.autoIdPrefix);
    }
    if (listener.tls.isHalf()) {
      draft.warnings.add(
          "Warning: The listener on "
              + TerminalEscapes.forLog(listener.place())
              + " has no TLS: that needs both 'certfile' and 'keyfile'.");
    } else if (listener.tls.lacksAuthority()) {
      throw new BadValue(
          "Error: 'require_certificate' needs a 'cafile' or 'capath', for the listener on "
              + TerminalEscapes.forLog(listener.place())
              + ".");
    }
    return new ListenerSpec(
        listener.port,
        listener.path != null
            ? null
            : listener.address == null ? ListenerSpec.ALL_ADDRESSES : listener.address,
        listener.family,
        listener.path,
        listener.protocol,
        listener.tls.files(),
        listener.rules(),
        security(security, listener.allowAnonymous),
        limits.build());
  }

  private Limits.Builder limits(SecurityDraft security) {
    Limits.Builder limits = draft.limits.build().toBuilder();
    if (security.allowZeroLengthClientId != null) {
      limits.allowZeroLengthClientId(security.allowZeroLengthClientId);
    }
    if (security.autoIdPrefix != null) {
      limits.autoIdPrefix(security.autoIdPrefix);
    }
    return limits;
  }

  private Security security(SecurityDraft security, @Nullable Boolean allowAnonymous)
      throws ConfigFileException {
    boolean anonymous = draft.listeners.isEmpty(); // local-only mode
    if (allowAnonymous != null) {
      anonymous = allowAnonymous;
    } else if (security.allowAnonymous != null) {
      anonymous = security.allowAnonymous;
    }
    Path passwordFile =
        security.passwordFile == null ? draft.everywhere.passwordFile : security.passwordFile;
    Path aclFile = security.aclFile == null ? draft.everywhere.aclFile : security.aclFile;
    return new Security(
        anonymous,
        passwordFile == null ? null : passwords(passwordFile),
        aclFile == null ? null : rules(aclFile));
  }

  private Passwords passwords(Path file) throws ConfigFileException {
    Passwords known = passwords.get(file);
    if (known == null) {
      try {
        known = files.passwords(file);
      } catch (IOException e) {
        throw unusable("password_file", file, e);
      }
      passwords.put(file, known);
    }
    return known;
  }

  private AccessRules rules(Path file) throws ConfigFileException {
    AccessRules known = rules.get(file);
    if (known == null) {
      try {
        known = files.rules(file);
      } catch (IOException e) {
        throw unusable("acl_file", file, e);
      }
      rules.put(file, known);
    }
    return known;
  }

  private static ConfigFileException unusable(String key, Path file, IOException cause) {
    return ConfigFileException.ofAccessFile(
        cause instanceof AccessFileException
            ? String.valueOf(cause.getMessage())
            : "Error: Unable to open "
                + key
                + " '"
                + TerminalEscapes.forLog(file.toString())
                + "'.");
  }

  BrokerSettings settings() throws BadValue {
    return new BrokerSettings(
        draft.sysInterval,
        draft.globalMaxConnections,
        draft.globalMaxClients,
        draft.checkRetainSource,
        draft.retainExpiryInterval,
        draft.persistence.spec());
  }
}
