package dev.midge.cli.fleet;

import java.util.ArrayList;
import java.util.List;

/** Some of the clients that something happened to: their number, and the ids of the first ones. */
final class ClientNames {
  private static final int MOST = 3;

  private final List<String> first = new ArrayList<>();
  private int count;

  void add(String id) {
    count++;
    if (first.size() < MOST) {
      first.add(id);
    }
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
        + String.join(", ", first)
        + rest;
  }
}
