package dev.midge.broker.core;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The last retained message of each topic: a tree of topic levels. Router thread only. */
final class Retained {

  private static final class Node {
    // Sorted, so that subscribers get the same order every time.
    final NavigableMap<String, Node> children = new TreeMap<>();
    Publication publication;

    boolean isEmpty() {
      return publication == null && children.isEmpty();
    }
  }

  private final Node root = new Node();
  private long newest;

  /** The number of the message that was stored last. */
  long newest() {
    return newest;
  }

  /** Keeps a message in place of the topic's last one [MQTT-3.3.1-5]; an empty one clears. */
  void store(Publication publication) {
    List<String> levels = TopicLevels.of(publication.message.topic());
    if (publication.payloadLength() == 0) {
      remove(root, levels, 0); // [MQTT-3.3.1-6] [MQTT-3.3.1-7]
      return;
    }
    Node node = root;
    for (String level : levels) {
      node = node.children.computeIfAbsent(level, key -> new Node());
    }
    node.publication = publication;
    publication.storedAs = ++newest;
  }

  /** Of the topic's message; 0 for none. */
  int payloadLength(String topic) {
    Node node = root;
    for (String level : TopicLevels.of(topic)) {
      node = node.children.get(level);
      if (node == null) {
        return 0;
      }
    }
    return node.publication == null ? 0 : node.publication.payloadLength();
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

  /**
   * The first message behind a topic that matches a filter and is not expired, parents before
   * children.
   *
   * @param after the levels of a topic, which need not be there any more; null for the beginning
   * @return null if there are no more
   */
  Publication next(List<String> filter, List<String> after, long now) {
    return next(root, filter, 0, after, now);
  }

  /**
   * The same below a node.
   *
   * @param after null if all that is here comes behind it, or else the node stands on its way
   */
  private static Publication next(
      Node node, List<String> filter, int depth, List<String> after, long now) {
    boolean isEnd = depth == filter.size();
    boolean isRest = !isEnd && filter.get(depth).equals(TopicLevels.REST);
    if (after == null && (isEnd || isRest && depth > 0)) { // "a/#" matches "a" as well
      Publication own = take(node, now);
      if (own != null) {
        return own;
      }
    }
    if (isEnd) {
      return null;
    }
    if (!isRest && !filter.get(depth).equals(TopicLevels.ONE)) {
      return nextIn(node, filter.get(depth), filter, depth, after, now);
    }
    String from = after != null && depth < after.size() ? after.get(depth) : "";
    for (String name : node.children.tailMap(from, true).keySet()) {
      if (depth > 0 || !TopicLevels.isHidden(name)) { // [MQTT-4.7.2-1]
        Publication found = nextIn(node, name, filter, depth, after, now);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static Publication nextIn(
      Node node, String name, List<String> filter, int depth, List<String> after, long now) {
    Node child = node.children.get(name);
    int order = after == null || depth >= after.size() ? 1 : name.compareTo(after.get(depth));
    if (child == null || order < 0) {
      return null;
    }
    boolean rest = filter.get(depth).equals(TopicLevels.REST);
    List<String> below = order == 0 ? after : null;
    return rest
        ? nextOfAll(child, depth + 1, below, now)
        : next(child, filter, depth + 1, below, now);
  }

  /** Of a node and all below it. */
  private static Publication nextOfAll(Node node, int depth, List<String> after, long now) {
    if (after == null) {
      Publication own = take(node, now);
      if (own != null) {
        return own;
      }
    }
    boolean onTheWay = after != null && depth < after.size();
    String from = onTheWay ? after.get(depth) : "";
    for (Map.Entry<String, Node> child : node.children.tailMap(from, true).entrySet()) {
      boolean same = onTheWay && child.getKey().equals(from);
      Publication found = nextOfAll(child.getValue(), depth + 1, same ? after : null, now);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Publication take(Node node, long now) {
    if (node.publication != null && node.publication.isExpired(now)) {
      node.publication = null; // the empty node goes with the next sweep
    }
    return node.publication;
  }
}
