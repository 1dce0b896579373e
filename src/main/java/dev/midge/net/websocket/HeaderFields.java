package dev.midge.net.websocket;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header fields of an HTTP request or response. A field that comes twice is one list. */
final class HeaderFields {
  private final Map<String, String> values = new HashMap<>(); // by name in lower case

  /** Adds the field of a line; returns false for a line that is none. */
  boolean add(String line) {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      return false;
    }
    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
    values.merge(name, line.substring(colon + 1).strip(), (one, other) -> one + "," + other);
    return true;
  }

  /**
   * Returns the value of a field.
   *
   * @param name in lower case
   */
  @Nullable String value(String name) {
    return values.get(name);
  }

  /** Tells whether a field lists a word, in whatever case. */
  boolean lists(String name, String word) {
    String list = value(name);
    if (list != null) {
      for (String item : list.split(",")) {
        if (item.strip().equalsIgnoreCase(word)) {
          return true;
        }
      }
    }
    return false;
  }
}
