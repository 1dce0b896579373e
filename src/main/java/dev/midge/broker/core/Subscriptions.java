package dev.midge.broker.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who wants which topics: a tree of filter levels, with a memory of recent answers. Router thread
 * only.
 */
final class Subscriptions {
  // What may be remembered; the memory starts anew when it is full. Long topics never are: a
  // publisher could fill the heap with them.
  private static final int LONGEST_REMEMBERED = 256;
  private static final int MOST_REMEMBERED = 65_536;

  /** All that match one topic. */
  record Matches(List<SessionSubscription> plain, List<SharedGroup> shared) {
    boolean isEmpty() {
      return plain.isEmpty() && shared.isEmpty();
    }
  }

  private static final class Node {
    final Map<String, Node> children = new HashMap<>(4);
    // In the order of subscribing: deliveries keep it.
    final Map<Session, SessionSubscription> plain = new LinkedHashMap<>(4);
    final Map<String, SharedGroup> shared = new LinkedHashMap<>(2);

    boolean isEmpty() {
      return children.isEmpty() && plain.isEmpty() && shared.isEmpty();
    }
  }

  private final Node root = new Node();
  private final Map<String, Matches> remembered = new HashMap<>();
  private int rememberedSize;

  /** Adds a subscription, or replaces the session's own for the same filter [MQTT-3.8.4-3]. */
  void add(SessionSubscription subscription) {
    forget();
    ShareName name = ShareName.of(subscription.options().filter());
    Node node = root;
    for (String level : TopicLevels.of(name.filter())) {
      node = node.children.computeIfAbsent(level, key -> new Node());
    }
    if (!name.isShared()) {
      node.plain.put(subscription.session(), subscription);
      return;
    }
    SharedGroup group = node.shared.computeIfAbsent(name.group(), key -> new SharedGroup());
    if (!group.replace(subscription)) {
      group.add(subscription);
    }
  }

  /** Takes a subscription out; nothing happens if there is none. */
  void remove(Session session, String filter) {
    forget();
    ShareName name = ShareName.of(filter);
    remove(root, TopicLevels.of(name.filter()), 0, name, session);
  }

  private static void remove(
      Node node, List<String> levels, int depth, ShareName name, Session session) {
    if (depth < levels.size()) {
      Node child = node.children.get(levels.get(depth));
      if (child != null) {
        remove(child, levels, depth + 1, name, session);
        if (child.isEmpty()) {
          node.children.remove(levels.get(depth));
        }
      }
    } else if (!name.isShared()) {
      node.plain.remove(session);
    } else {
      SharedGroup group = node.shared.get(name.group());
      if (group != null && group.remove(session) && group.isEmpty()) {
        node.shared.remove(name.group());
      }
    }
  }

  /** All subscriptions that match a topic name, each once. */
  Matches match(String topic) {
    Matches matches = remembered.get(topic);
    if (matches == null) {
      matches = new Matches(new ArrayList<>(), new ArrayList<>());
      collect(root, TopicLevels.of(topic), 0, TopicLevels.isHidden(topic), matches);
      remember(topic, matches);
    }
    return matches;
  }

  private void remember(String topic, Matches matches) {
    if (topic.length() > LONGEST_REMEMBERED) {
      return;
    }
    if (rememberedSize > MOST_REMEMBERED) {
      forget();
    }
    remembered.put(topic, matches);
    rememberedSize += 1 + matches.plain.size() + matches.shared.size();
  }

  private void forget() {
    remembered.clear();
    rememberedSize = 0;
  }

  private static void collect(
      Node node, List<String> levels, int depth, boolean hidden, Matches into) {
    boolean wildcards = depth > 0 || !hidden; // [MQTT-4.7.2-1]
    if (wildcards) {
      Node rest = node.children.get(TopicLevels.REST);
      if (rest != null) {
        take(rest, into); // "a/#" matches "a" as well
      }
    }
    if (depth == levels.size()) {
      take(node, into);
      return;
    }
    Node exact = node.children.get(levels.get(depth));
    if (exact != null) {
      collect(exact, levels, depth + 1, hidden, into);
    }
    Node any = wildcards ? node.children.get(TopicLevels.ONE) : null;
    if (any != null) {
      collect(any, levels, depth + 1, hidden, into);
    }
  }

  private static void take(Node node, Matches into) {
    into.plain.addAll(node.plain.values());
    into.shared.addAll(node.shared.values());
  }
}
