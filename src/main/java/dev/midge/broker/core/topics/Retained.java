package dev.midge.broker.core.topics;

import dev.midge.broker.core.Timers;
import dev.midge.broker.core.delivery.Publication;
import dev.midge.broker.core.delivery.StateJournal;
import dev.midge.mqtt.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The retained message of each topic, as a tree of topic levels. Router thread only. */
public final class Retained {

  private final class Node {
    // Sorted, so that subscribers get the same order every time.
    NavigableMap<String, Node> children = Collections.emptyNavigableMap();
    private @Nullable Publication publication;

    /** Returns the child of this name, which is made if there is none. */
    Node child(String level) {
      if (children.isEmpty()) {
        children = new TreeMap<>(); // most nodes have none
      }
      return children.computeIfAbsent(level, key -> new Node());
    }

    @Nullable Publication publication() {
      return publication;
    }

    void replace(@Nullable Publication other) {
      count += (other == null ? 0 : 1) - (publication == null ? 0 : 1);
      bytes += length(other) - length(publication);
      publication = other;
    }

    boolean isEmpty() {
      return publication == null && children.isEmpty();
    }
  }

  private final Node root = new Node();
  private long newest;
  private int count;
  private long bytes;

  private static int length(@Nullable Publication publication) {
    return publication == null ? 0 : publication.payloadLength();
  }

  /** Returns how many messages are stored, expired ones that were not found yet included. */
  public int count() {
    return count;
  }

  /** Returns the bytes of their payloads. */
  public long bytes() {
    return bytes;
  }

  /** Returns the number of the message that was stored last; they rise by one. */
  long newest() {
    return newest;
  }

  /** Keeps a message in place of the topic's last one [MQTT-3.3.1-5]; an empty one clears. */
  void store(Publication publication) {
    List<String> levels = TopicLevels.of(publication.message().topic());
    if (publication.payloadLength() == 0) {
      remove(root, levels, 0); // [MQTT-3.3.1-6] [MQTT-3.3.1-7]
      return;
    }
    Node node = root;
    for (String level : levels) {
      node = node.child(level);
    }
    node.replace(publication);
    publication.retainedNumber(++newest);
  }

  /** Keeps a message that has its number already. */
  void restore(Publication publication, long number) {
    long last = newest;
    store(publication);
    publication.retainedNumber(number);
    newest = Math.max(last, number);
  }

  /** Removes the message of a topic. */
  void clear(String topic) {
    remove(root, TopicLevels.of(topic), 0);
  }

  /** Tells a journal of all messages, those apart that the broker makes itself. */
  public void describeTo(StateJournal to) {
    describe(root, to);
  }

  private static void describe(Node node, StateJournal to) {
    Publication publication = node.publication;
    if (publication != null && !TopicLevels.isBrokersOwn(publication.message().topic())) {
      to.retained(publication);
    }
    node.children.values().forEach(child -> describe(child, to));
  }

  /** Returns the payload bytes of the topic's message; 0 for none. */
  int payloadLength(String topic) {
    Node node = root;
    for (String level : TopicLevels.of(topic)) {
      node = node.children.get(level);
      if (node == null) {
        return 0;
      }
    }
    return length(node.publication());
  }

  private void remove(Node node, List<String> levels, int depth) {
    if (depth == levels.size()) {
      node.replace(null);
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
   * Removes expired messages.
   *
   * @return the time when the next message expires; {@link Timers#NEVER} if none will
   */
  long sweep(long now) {
    return sweep(root, now);
  }

  private static long sweep(Node node, long now) {
    Publication own = unexpired(node, now);
    long next = own == null ? Timers.NEVER : own.expiresAt();
    for (Iterator<Node> children = node.children.values().iterator(); children.hasNext(); ) {
      Node child = children.next();
      next = Math.min(next, sweep(child, now));
      if (child.isEmpty()) {
        children.remove();
      }
    }
    return next;
  }

  /** Tells whether no message is stored, not even an expired one. */
  public boolean isEmpty() {
    return root.isEmpty();
  }

  /**
   * Returns messages that match a filter, in the order of {@link #next}.
   *
   * @param after the topic of the last one that is known already; null for the beginning
   * @param most how many at most
   */
  public List<Message> page(String filter, @Nullable String after, int most, long now) {
    List<String> levels = TopicLevels.of(filter);
    List<String> last = after == null ? null : TopicLevels.of(after);
    List<Message> page = new ArrayList<>();
    Publication found;
    while (page.size() < most && (found = next(levels, last, now)) != null) {
      page.add(found.message());
      last = TopicLevels.of(found.message().topic());
    }
    return page;
  }

  /**
   * Returns the first message after a topic that matches a filter and is not expired, parents
   * before children.
   *
   * @param after the levels of a topic, which need not be stored any more; null for the beginning
   * @return null if there are no more
   */
  @Nullable Publication next(List<String> filter, @Nullable List<String> after, long now) {
    return next(root, filter, 0, after, now);
  }

  /**
   * Returns the first message at or below a node.
   *
   * @param after null if the whole node comes after it, or else the node is on the path to it
   */
  private static @Nullable Publication next(
      Node node, List<String> filter, int depth, @Nullable List<String> after, long now) {
    boolean isEnd = depth == filter.size();
    boolean isRest = !isEnd && filter.get(depth).equals(TopicLevels.MULTI_LEVEL);
    if (after == null && (isEnd || isRest && depth > 0)) { // "a/#" matches "a" as well
      Publication own = unexpired(node, now);
      if (own != null) {
        return own;
      }
    }
    if (isEnd) {
      return null;
    }
    if (!isRest && !filter.get(depth).equals(TopicLevels.SINGLE_LEVEL)) {
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

  private static @Nullable Publication nextIn(
      Node node,
      String name,
      List<String> filter,
      int depth,
      @Nullable List<String> after,
      long now) {
    Node child = node.children.get(name);
    int order = after == null || depth >= after.size() ? 1 : name.compareTo(after.get(depth));
    if (child == null || order < 0) {
      return null;
    }
    boolean rest = filter.get(depth).equals(TopicLevels.MULTI_LEVEL);
    List<String> below = order == 0 ? after : null;
    return rest
        ? nextOfAll(child, depth + 1, below, now)
        : next(child, filter, depth + 1, below, now);
  }

  /** Returns the first message at or below a node, whatever its topic. */
  private static @Nullable Publication nextOfAll(
      Node node, int depth, @Nullable List<String> after, long now) {
    if (after == null) {
      Publication own = unexpired(node, now);
      if (own != null) {
        return own;
      }
    }
    String from = after != null && depth < after.size() ? after.get(depth) : null;
    NavigableMap<String, Node> rest =
        from == null ? node.children : node.children.tailMap(from, true);
    for (Map.Entry<String, Node> child : rest.entrySet()) {
      boolean isOnPath = child.getKey().equals(from);
      Publication found = nextOfAll(child.getValue(), depth + 1, isOnPath ? after : null, now);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Publication unexpired(Node node, long now) {
    Publication own = node.publication();
    if (own != null && own.isExpired(now)) {
      node.replace(null); // the next sweep removes the empty node
      return null;
    }
    return own;
  }
}
