package dev.midge.broker.config.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of all keys that are taken, in the order of the documentation. */
final class Keys {
  private final Map<String, Key> byName = new LinkedHashMap<>();

  Keys() {
    add(ListenerKeys.all());
    add(TlsKeys.all());
    add(SecurityKeys.all());
    add(LimitKeys.all());
    add(BrokerKeys.all());
    add(LogKeys.all());
    add(UnusedKeys.all());
  }

  private void add(List<Key> keys) {
    for (Key each : keys) {
      if (byName.put(each.name(), each) != null) {
        throw new IllegalStateException("two keys " + each.name());
      }
    }
  }

  /** Returns the key of a name; null if there is none. */
  @Nullable Key find(String name) {
    return byName.get(name);
  }

  List<Key> all() {
    return List.copyOf(byName.values());
  }
}
