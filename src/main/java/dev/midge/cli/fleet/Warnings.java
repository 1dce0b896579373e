package dev.midge.cli.fleet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The warnings of a fleet: one that all clients have is told once, and counted. For several
 * threads.
 */
final class Warnings {
  /** So many different ones are told; a broker may have more to say than anybody reads. */
  private static final int MOST = 50;

  private final Consumer<String> warn;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  /** Holds the first warning of its kind, and how often it came. */
  private static final class Kind {
    private final String first;
    private int count;

    Kind(String first) {
      this.first = first;
    }
  }

  Warnings(Consumer<String> warn) {
    this.warn = warn;
  }

  /** Tells of the first warning of its kind; numbers in it make no other kind. */
  void add(String line, String id) {
    synchronized (this) {
      String key = line.replaceAll("[0-9]+", "#");
      if (!kinds.containsKey(key) && kinds.size() == MOST) {
        return;
      }
      Kind kind = kinds.computeIfAbsent(key, k -> new Kind(line));
      if (++kind.count > 1) {
        return;
      }
    }
    warn.accept(line + "\n(" + id + "; others are counted, and told of at the end.)");
  }

  /** Tells of those that came more than once. */
  synchronized void tellEnd() {
    for (Kind kind : kinds.values()) {
      if (kind.count > 1) {
        int end = kind.first.indexOf('\n');
        String line = end < 0 ? kind.first : kind.first.substring(0, end);
        warn.accept(kind.count + " times in all: " + line);
      }
    }
  }
}
