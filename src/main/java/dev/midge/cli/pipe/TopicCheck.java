package dev.midge.cli.pipe;

import dev.midge.mqtt.Topics;
import dev.midge.text.Utf8;
import org.jspecify.annotations.Nullable;

/** Tells why a text is no topic name. */
final class TopicCheck {
  private static final int SHOWN = 100;

  private TopicCheck() {}

  /**
   * Returns the flaw of a topic; null for a topic name.
   *
   * @param topic null for bytes that are no text
   */
  static @Nullable String flaw(@Nullable String topic) {
    if (topic == null || !Utf8.isValid(topic)) {
      return "is not UTF-8 without control characters";
    }
    if (Topics.isValidName(topic)) {
      return null;
    }
    if (topic.isEmpty()) {
      return "is empty";
    }
    if (Topics.hasTooManyLevels(topic)) {
      return "has more than 201 levels";
    }
    return Utf8.length(topic) > Topics.MAX_LENGTH
        ? "is longer than 65535 bytes"
        : "'" + shortened(topic) + "' has + or #, which only topic filters may have";
  }

  private static String shortened(String topic) {
    return topic.length() <= SHOWN ? topic : topic.substring(0, SHOWN) + "\u2026";
  }
}
