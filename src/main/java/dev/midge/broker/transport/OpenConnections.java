package dev.midge.broker.transport;

import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.sys.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The connections of one loop: how many there are at each listener, and the bytes that they have
 * carried. Broker thread only.
 */
final class OpenConnections {
  /** One of them. */
  interface Open {
    /** Returns how many bytes of MQTT have come. */
    long received();

    /** Returns how many bytes of MQTT were written. */
    long written();

    /** Tells whether all is written, and only the peer's own end is missing. */
    boolean isOutputShut();

    /** Ends the connection as it is; what was not written is lost. */
    void closeNow();
  }

  private final Set<Open> members = new HashSet<>();
  private final Map<ListenerSettings, Integer> byListener = new HashMap<>();
  private int all;
  private long received; // bytes, by connections that have ended
  private long written;

  void add(Open connection) {
    members.add(connection);
  }

  void remove(Open connection) {
    if (members.remove(connection)) {
      received += connection.received();
      written += connection.written();
    }
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  boolean allOutputsShut() {
    return members.stream().allMatch(Open::isOutputShut);
  }

  /** Ends all connections as they are. */
  void closeAll() {
    new ArrayList<>(members).forEach(Open::closeNow);
  }

  /** Returns what all connections have carried since the start, those included that have ended. */
  Traffic traffic() {
    long allReceived = received;
    long allWritten = written;
    for (Open connection : members) {
      allReceived += connection.received();
      allWritten += connection.written();
    }
    return new Traffic(allReceived, allWritten, members.size());
  }

  /** Counts a connection, until its client has ended it or the broker has. */
  void opened(ListenerSettings listener) {
    byListener.merge(listener, 1, Integer::sum);
    all++;
  }

  void ended(ListenerSettings listener) {
    byListener.merge(listener, -1, Integer::sum);
    all--;
  }

  /** Tells whether the listener may have no more connections. */
  boolean isFull(ListenerSettings listener) {
    int limit = listener.rules().maxConnections();
    return limit > 0 && byListener.getOrDefault(listener, 0) >= limit;
  }

  /**
   * Tells whether all listeners together have so many connections.
   *
   * @param limit 0 or less for none
   */
  boolean areAsManyAs(int limit) {
    return limit > 0 && all >= limit;
  }
}
