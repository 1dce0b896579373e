package dev.midge.broker.core.topics;

import java.util.ArrayList;
import java.util.List;

/** The levels of a topic or a filter, for the trees of subscriptions and retained messages. */
final class TopicLevels {
  static final String SINGLE_LEVEL = "+";
  static final String MULTI_LEVEL = "#";

  private TopicLevels() {}

  /** Returns the text between the slashes; empty levels count [MQTT-4.7.3-1]. */
  static List<String> of(String topic) {
    List<String> levels = new ArrayList<>(8);
    int from = 0;
    for (int slash = topic.indexOf('/'); slash >= 0; slash = topic.indexOf('/', from)) {
      levels.add(topic.substring(from, slash));
      from = slash + 1;
    }
    levels.add(topic.substring(from));
    return levels;
  }

  /** Tells whether wildcards at the start of a filter do not match the topic [MQTT-4.7.2-1]. */
  static boolean isHidden(String topic) {
    return !topic.isEmpty() && topic.charAt(0) == '$';
  }

  /** Tells whether the topic is one of those that the broker itself publishes. */
  static boolean isBrokersOwn(String topic) {
    return isBelow(topic, "$SYS");
  }

  /** Tells whether a topic is another one or below it. */
  static boolean isBelow(String topic, String root) {
    return topic.startsWith(root)
        && (topic.length() == root.length() || topic.charAt(root.length()) == '/');
  }
}
