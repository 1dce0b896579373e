package dev.midge.broker.core;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The last retained message of each topic: a tree of topic levels. Router thread only. */
final class Retained {

  private static final class Node {
    // Sorted, so that subscribers get the same order every time.
    final Map<String, Node> children = new TreeMap<>();
    Publication publication;

    boolean isEmpty() {
      return publication == null && children.isEmpty();
    }
  }

  private final Node root = new Node();

  /** Keeps a message in place of the topic's last one [MQTT-3.3.1-5]; an empty one clears. */
  void store(Publication publication) {
    List<String> levels = Levels.of(publication.message.topic());
    if (publication.payloadLength() == 0) {
      remove(root, levels, 0); // [MQTT-3.3.1-6] [MQTT-3.3.1-7]
      return;
    }
    Node node = root;
    for (String level : levels) {
      node = node.children.computeIfAbsent(level, key -> new Node());
    }
    node.publication = publication;
  }

  private static void remove(Node node, List<String> levels, int depth) {
    if (depth == levels.size()) {
      node.publication = null;
      return;
    }
    Node child = node.children.get(levels.get(depth));
    if (child != null) {
      remove(child, levels, depth + 1);
      if (child.isEmpty()) {
        node.children.remove(levels.get(depth));
      }
    }
  }

  /**
   * Forgets what is expired.
   *
   * @return when the next one of those that are left expires; {@link Timers#NEVER} if none will
   */
  long sweep(long now) {
    return sweep(root, now);
  }

  private static long sweep(Node node, long now) {
    long next = Timers.NEVER;
    if (node.publication != null) {
      if (node.publication.isExpired(now)) {
        node.publication = null;
      } else {
        next = node.publication.expiresAt;
      }
    }
    for (Iterator<Node> children = node.children.values().iterator(); children.hasNext(); ) {
      Node child = children.next();
      next = Math.min(next, sweep(child, now));
      if (child.isEmpty()) {
        children.remove();
      }
    }
    return next;
  }

  /** Whether nothing at all is kept. */
  boolean isEmpty() {
    return root.isEmpty();
  }

  /** All that match a filter and are not expired, parents before children. */
  void match(String filter, long now, Consumer<Publication> found) {
    collect(root, Levels.of(filter), 0, now, found);
  }

  private static void collect(
      Node node, List<String> filter, int depth, long now, Consumer<Publication> found) {
    if (depth == filter.size()) {
      take(node, now, found);
      return;
    }
    String level = filter.get(depth);
    if (level.equals(Levels.REST)) {
      if (depth > 0) {
        take(node, now, found); // "a/#" matches "a" as well
      }
      takeAll(node, depth == 0, now, found);
    } else if (level.equals(Levels.ONE)) {
      node.children.forEach(
          (name, child) -> {
            if (depth > 0 || !Levels.isHidden(name)) { // [MQTT-4.7.2-1]
              collect(child, filter, depth + 1, now, found);
            }
          });
    } else {
      Node child = node.children.get(level);
      if (child != null) {
        collect(child, filter, depth + 1, now, found);
      }
    }
  }

  private static void takeAll(Node node, boolean first, long now, Consumer<Publication> found) {
    node.children.forEach(
        (name, child) -> {
          if (!first || !Levels.isHidden(name)) { // [MQTT-4.7.2-1]
            take(child, now, found);
            takeAll(child, false, now, found);
          }
        });
  }

  private static void take(Node node, long now, Consumer<Publication> found) {
    if (node.publication == null) {
      return;
    }
    if (node.publication.isExpired(now)) {
      node.publication = null; // the empty node goes with the next sweep
    } else {
      found.accept(node.publication);
    }
  }
}
