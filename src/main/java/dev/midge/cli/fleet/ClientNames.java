package dev.midge.cli.fleet;

import java.util.TreeMap;

/**
 * Some of the clients that something happened to: their number, and the ids of those with the
 * lowest numbers.
 */
final class ClientNames {
  private static final int MOST = 3;

  private final TreeMap<Integer, String> first = new TreeMap<>();
  private int count;

  void add(ClientWords client) {
    count++;
    first.put(client.number(), client.id());
    if (first.size() > MOST) {
      first.pollLastEntry();
    }
  }

  /** Returns the lowest number; there is one. */
  int lowest() {
    return first.firstKey();
  }

  int count() {
    return count;
  }

  /** Returns {@code 3 of 50 clients: a1, a2, a3}. */
  String of(int all) {
    String rest = count > first.size() ? " and " + (count - first.size()) + " more" : "";
    return count
        + " of "
        + all
        + (all == 1 ? " client: " : " clients: ")
        + String.join(", ", first.values())
        + rest;
  }
}
