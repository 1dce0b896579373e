package dev.midge.soak;

import dev.midge.broker.Broker;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Map;

/**
 * A look into a broker from outside: how much of everything it keeps. Reflection, because the
 * broker has no need of such a face; only for a broker that is idle.
 */
final class BrokerView {
  private final Broker broker;

  BrokerView(Broker broker) {
    this.broker = broker;
  }

  int sessions() {
    return size("loop", "router", "context", "sessions", "sessions");
  }

  int timers() {
    return size("loop", "loop", "timers", "waiting");
  }

  int connections() {
    return size("loop", "loop", "open", "members");
  }

  int pausedConnections() {
    return size("loop", "loop", "paused");
  }

  /** Top levels that lead to retained messages. */
  int retained() {
    return size("loop", "router", "retained", "root", "children");
  }

  /** Top levels that lead to subscriptions. */
  int subscriptions() {
    return size("loop", "router", "context", "sessions", "subscriptions", "root", "children");
  }

  boolean isEmpty() {
    return sessions()
            + timers()
            + connections()
            + pausedConnections()
            + retained()
            + subscriptions()
        == 0;
  }

  private int size(String... path) {
    Object at = broker;
    for (String name : path) {
      at = get(at, name);
    }
    return at instanceof Map<?, ?> map ? map.size() : ((Collection<?>) at).size();
  }

  private static Object get(Object from, String name) {
    try {
      Field field = from.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(from);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("the broker has changed inside: " + name, e);
    }
  }

  @Override
  public String toString() {
    return "%d sessions, %d timers, %d connections, %d paused, retained %d, subscriptions %d"
        .formatted(
            sessions(), timers(), connections(), pausedConnections(), retained(), subscriptions());
  }
}
