package dev.midge.broker.core.topics;

import dev.midge.broker.core.delivery.Outbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions, as a tree of filter levels, with a cache of the matches of recent topics.
 * Router thread only.
 */
public final class Subscriptions {
  // The cache is cleared when it is full. It has no long topics: a publisher could fill the heap
  // with them.
  private static final int MAX_CACHED_TOPIC = 256; // characters
  private static final int MAX_CACHE_SIZE = 65_536; // topics and subscriptions

  /** The subscriptions that match one topic. */
  record Matches(List<SessionSubscription> plain, List<SharedGroup> shared) {
    boolean isEmpty() {
      return plain.isEmpty() && shared.isEmpty();
    }
  }

  private static final class Node {
    // Most nodes have something in one of these alone: the others are not made.
    Map<String, Node> children = Map.of();
    // In the order of subscribing: deliveries keep it.
    Map<Outbox, SessionSubscription> plain = Map.of();
    Map<String, SharedGroup> shared = Map.of();

    /** Returns the child of this name, which is made if there is none. */
    Node child(String level) {
      if (children.isEmpty()) {
        children = new HashMap<>(4);
      }
      return children.computeIfAbsent(level, key -> new Node());
    }

    /** Adds or replaces a subscription; returns false if it replaces one. */
    boolean put(SessionSubscription subscription) {
      if (plain.isEmpty()) {
        plain = new LinkedHashMap<>(4);
      }
      return plain.put(subscription.outbox(), subscription) == null;
    }

    /** Returns the group of this name, which is made if there is none. */
    SharedGroup group(String name) {
      if (shared.isEmpty()) {
        shared = new LinkedHashMap<>(2);
      }
      return shared.computeIfAbsent(name, key -> new SharedGroup());
    }

    boolean isEmpty() {
      return children.isEmpty() && plain.isEmpty() && shared.isEmpty();
    }
  }

  private final Node root = new Node();
  private final Map<String, Matches> cache = new HashMap<>();
  private int cacheSize;
  private int plainCount;
  private int sharedCount;

  /** Returns how many subscriptions there are, shared ones apart. */
  public int plainCount() {
    return plainCount;
  }

  /** Returns how many members all groups have. */
  public int sharedCount() {
    return sharedCount;
  }

  /** Adds a subscription, or replaces the session's own for the same filter [MQTT-3.8.4-3]. */
  public void add(SessionSubscription subscription) {
    clearCache();
    ShareName name = ShareName.of(subscription.filter());
    Node node = root;
    for (String level : TopicLevels.of(name.filter())) {
      node = node.child(level);
    }
    if (name.group() == null) {
      if (node.put(subscription)) {
        plainCount++;
      }
      return;
    }
    SharedGroup group = node.group(name.group());
    if (!group.replace(subscription)) {
      group.add(subscription);
      sharedCount++;
    }
  }

  /** Removes a session's subscription, if there is one. */
  public void remove(Outbox outbox, String filter) {
    clearCache();
    ShareName name = ShareName.of(filter);
    remove(root, TopicLevels.of(name.filter()), 0, name, outbox);
  }

  private void remove(Node node, List<String> levels, int depth, ShareName name, Outbox outbox) {
    if (depth < levels.size()) {
      Node child = node.children.get(levels.get(depth));
      if (child != null) {
        remove(child, levels, depth + 1, name, outbox);
        if (child.isEmpty()) {
          node.children.remove(levels.get(depth));
        }
      }
    } else if (name.group() == null) {
      if (!node.plain.isEmpty() && node.plain.remove(outbox) != null) {
        plainCount--;
      }
    } else {
      SharedGroup group = node.shared.get(name.group());
      if (group != null && group.remove(outbox)) {
        sharedCount--;
        if (group.isEmpty()) {
          node.shared.remove(name.group());
        }
      }
    }
  }

  /** Returns the group of a shared subscription's filter; null if it has no member. */
  @Nullable SharedGroup group(String filter) {
    ShareName name = ShareName.of(filter);
    Node node = root;
    for (String level : TopicLevels.of(name.filter())) {
      node = node.children.get(level);
      if (node == null) {
        return null;
      }
    }
    return node.shared.get(name.group());
  }

  /** Returns all subscriptions that match a topic name, each once. */
  Matches match(String topic) {
    Matches matches = cache.get(topic);
    if (matches == null) {
      matches = new Matches(new ArrayList<>(), new ArrayList<>());
      collect(root, TopicLevels.of(topic), 0, TopicLevels.isHidden(topic), matches);
      cache(topic, matches);
    }
    return matches;
  }

  private void cache(String topic, Matches matches) {
    if (topic.length() > MAX_CACHED_TOPIC) {
      return;
    }
    if (cacheSize > MAX_CACHE_SIZE) {
      clearCache();
    }
    cache.put(topic, matches);
    cacheSize += 1 + matches.plain.size() + matches.shared.size();
  }

  private void clearCache() {
    cache.clear();
    cacheSize = 0;
  }

  /** Finds them in mosquitto's order: exact ones, then those with {@code +}, then with #. */
  private static void collect(
      Node node, List<String> levels, int depth, boolean hidden, Matches matches) {
    boolean wildcards = depth > 0 || !hidden; // [MQTT-4.7.2-1]
    boolean isEnd = depth == levels.size();
    if (!isEnd) {
      collect(node, levels.get(depth), levels, depth, hidden, matches);
      if (wildcards) {
        collect(node, TopicLevels.SINGLE_LEVEL, levels, depth, hidden, matches);
      }
    }
    Node rest = wildcards ? node.children.get(TopicLevels.MULTI_LEVEL) : null;
    if (rest != null) {
      addTo(matches, rest); // "a/#" matches "a" as well
    }
    if (isEnd) {
      addTo(matches, node);
    }
  }

  private static void collect(
      Node node, String name, List<String> levels, int depth, boolean hidden, Matches matches) {
    Node child = node.children.get(name);
    if (child != null) {
      collect(child, levels, depth + 1, hidden, matches);
    }
  }

  private static void addTo(Matches matches, Node node) {
    matches.plain.addAll(node.plain.values());
    matches.shared.addAll(node.shared.values());
  }
}
