package dev.midge.mqtt;

import dev.midge.text.Utf8;

/**
 * The rules of topic names and topic filters (MQTT 5.0, 4.7), with mosquitto's limit of 200
 * slashes.
 */
public final class Topics {
  /** In bytes of UTF-8. */
  public static final int MAX_LENGTH = 65535;

  private static final int MAX_SLASHES = 200;
  private static final String SHARE_PREFIX = "$share/";

  private Topics() {}

  /** Tells whether a message may be published to the topic. */
  public static boolean isValidName(String topic) {
    return hasValidForm(topic)
        && topic.indexOf('+') < 0
        && topic.indexOf('#') < 0; // [MQTT-3.3.2-2]
  }

  /** Tells whether a filter may be subscribed to; shared subscriptions included. */
  public static boolean isValidFilter(String filter) {
    if (!hasValidForm(filter)) {
      return false;
    }
    if (filter.startsWith(SHARE_PREFIX)) {
      int slash = filter.indexOf('/', SHARE_PREFIX.length());
      if (slash <= SHARE_PREFIX.length() || slash + 1 == filter.length()) {
        return false; // [MQTT-4.8.2-1]
      }
      String name = filter.substring(SHARE_PREFIX.length(), slash);
      if (name.indexOf('+') >= 0 || name.indexOf('#') >= 0) {
        return false; // [MQTT-4.8.2-2]
      }
    }
    for (int i = 0; i < filter.length(); i++) {
      char c = filter.charAt(i);
      if (c != '+' && c != '#') {
        continue;
      }
      boolean startsLevel = i == 0 || filter.charAt(i - 1) == '/';
      boolean last = i + 1 == filter.length();
      boolean endsLevel = last || filter.charAt(i + 1) == '/';
      if (!startsLevel || !endsLevel || (c == '#' && !last)) {
        return false; // [MQTT-4.7.1-1] [MQTT-4.7.1-2]
      }
    }
    return true;
  }

  /** Tells whether a filter (without {@code $share/NAME/}) matches a topic name. */
  public static boolean matches(String filter, String topic) {
    int f = 0;
    int t = 0;
    if (!topic.isEmpty()
        && topic.charAt(0) == '$'
        && (filter.startsWith("+") || filter.startsWith("#"))) {
      return false; // [MQTT-4.7.2-1]
    }
    while (f < filter.length()) {
      char c = filter.charAt(f);
      if (c == '#') {
        return true;
      }
      if (c == '+') {
        while (t < topic.length() && topic.charAt(t) != '/') {
          t++;
        }
        f++;
        if (f == filter.length()) {
          return t == topic.length();
        }
        if (t == topic.length()) {
          return filter.length() == f + 2 && filter.charAt(f + 1) == '#';
        }
        continue;
      }
      if (t == topic.length()) {
        // "a/#" matches "a" as well, the parent level.
        return c == '/' && f + 2 == filter.length() && filter.charAt(f + 1) == '#';
      }
      if (c != topic.charAt(t)) {
        return false;
      }
      f++;
      t++;
    }
    return t == topic.length();
  }

  /**
   * Tells whether a filter matches all topic names that another one matches; both without {@code
   * $share/NAME/}.
   */
  public static boolean covers(String filter, String other) {
    // Each '+' of the other filter is a level that only '+' and '#' match; '#' stands for more.
    if (!other.endsWith("#")) {
      return matches(filter, other);
    }
    String parent = other.length() < 2 ? other : other.substring(0, other.length() - 2);
    return filter.endsWith("#") && matches(filter, other) && matches(filter, parent);
  }

  /** Returns a filter without its {@code $share/NAME/}, if it has one. */
  public static String withoutShare(String filter) {
    return filter.startsWith(SHARE_PREFIX)
        ? filter.substring(filter.indexOf('/', SHARE_PREFIX.length()) + 1)
        : filter;
  }

  private static boolean hasValidForm(String topic) {
    if (topic.isEmpty()) {
      return false; // [MQTT-4.7.3-1]
    }
    // Short topics, which nearly all are, can break neither limit: they are not walked through.
    if (topic.length() > MAX_LENGTH / 3 && Utf8.length(topic) > MAX_LENGTH) {
      return false; // [MQTT-4.7.3-3]
    }
    return !hasTooManyLevels(topic);
  }

  /** Tells whether it has more levels than mosquitto takes. */
  public static boolean hasTooManyLevels(String topic) {
    return topic.length() > MAX_SLASHES && slashes(topic) > MAX_SLASHES;
  }

  private static int slashes(String topic) {
    int slashes = 0;
    for (int i = 0; i < topic.length(); i++) {
      if (topic.charAt(i) == '/') {
        slashes++;
      }
    }
    return slashes;
  }
}
