package dev.midge.cli.fleet;

import java.util.LinkedHashMap;
import java.util.List;
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
  private final Object telling = new Object();
  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  /** Holds the first warning of its kind, and how often it came. */
  private static final class Kind {
    private final String beginning;
    private int count;

    Kind(String beginning) {
      this.beginning = beginning;
    }
  }

  Warnings(Consumer<String> warn) {
    this.warn = warn;
  }

  /**
   * Tells of the first warning of its kind; numbers in it make no other kind.
   *
   * @param lines at least one; a line end within one is no line end
   */
  void add(List<String> lines, String id) {
    synchronized (this) {
      String key = String.join("\n", lines).replaceAll("[0-9]+", "#");
      if (!kinds.containsKey(key) && kinds.size() == MOST) {
        return;
      }
      Kind kind = kinds.computeIfAbsent(key, k -> new Kind(lines.get(0)));
      if (++kind.count > 1) {
        return;
      }
    }
    synchronized (telling) { // Its lines stay together.
      lines.forEach(warn);
      warn.accept("(" + id + "; others are counted, and told of at the end.)");
    }
  }

  /** Tells of those that came more than once. */
  synchronized void tellEnd() {
    for (Kind kind : kinds.values()) {
      if (kind.count > 1) {
        warn.accept(kind.count + " times in all: " + kind.beginning);
      }
    }
  }
}
