package dev.midge.broker.config.file;

import dev.midge.broker.config.Limits;
import dev.midge.fault.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of a whole configuration, as far as they were read; null where none is. */
final class Draft extends Section {
  private static final int DEFAULT_PORT = 1883;

  /** The users and rules of listeners that say nothing else. */
  final SecurityDraft security = new SecurityDraft();

  /** The users and rules that a plugin sets for all listeners, whatever they say themselves. */
  final SecurityDraft everywhere = new SecurityDraft();

  final Limits.Builder limits = Limits.builder();
  final LogDraft log = new LogDraft();
  final PersistenceDraft persistence = new PersistenceDraft();
  final List<ListenerDraft> listeners = new ArrayList<>();
  final List<Plugin> plugins = new ArrayList<>();
  final Set<String> warnings = new LinkedHashSet<>();
  final List<Fault> faults = new ArrayList<>();
  int sysInterval = 10;
  int globalMaxConnections = -1;
  int globalMaxClients = -1;
  boolean checkRetainSource = true;
  int retainExpiryInterval;
  @Nullable Path pidFile;

  /** The folder that a line has just named, to be read before the next line. */
  @Nullable Path include;

  private boolean perListener;
  private boolean securityGiven;
  private @Nullable ListenerDraft current;
  private @Nullable ListenerDraft defaultListener;

  /** Begins a listener, to which the keys below belong. */
  void begin(ListenerDraft listener) {
    listeners.add(listener);
    current = listener;
  }

  /** Returns the one listener of the old form, which keys without a listener above belong to. */
  ListenerDraft defaultListener() {
    if (defaultListener == null) {
      defaultListener = new ListenerDraft(DEFAULT_PORT);
      listeners.add(defaultListener);
      current = current == null ? defaultListener : current;
    }
    return defaultListener;
  }

  /** Returns the listener that a key belongs to. */
  ListenerDraft listener(String key) throws BadValue {
    if (current == null) {
      throw new BadValue(
          "Error: The '" + key + "' option requires a listener to be defined first.");
    }
    return current;
  }

  /** Returns the listener, or all listeners, that a key of security belongs to. */
  SecurityDraft security(String key) throws BadValue {
    securityGiven = true;
    return perListener ? listener(key).security : security;
  }

  /** Has keys of security count for one listener each from now on. */
  void perListener(boolean wanted) throws BadValue {
    if (wanted && !perListener && securityGiven) {
      throw new BadValue(
          "Error: per_listener_settings must be set before any other security settings.");
    }
    perListener |= wanted;
  }

  /** Returns the plugin that an option belongs to, the last one above it. */
  Plugin plugin(String key) throws BadValue {
    if (plugins.isEmpty()) {
      throw new BadValue("Error: The '" + key + "' option requires a plugin to be defined first.");
    }
    return plugins.get(plugins.size() - 1);
  }

  boolean isPerListener() {
    return perListener;
  }
}
