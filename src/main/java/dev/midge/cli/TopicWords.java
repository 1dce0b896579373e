package dev.midge.cli;

import dev.midge.mqtt.Topics;
import dev.midge.mqtt.Utf8;

/** Checks the topics and topic filters that stand in words. */
final class TopicWords {
  private TopicWords() {}

  /**
   * A topic name.
   *
   * @param argument the option, as messages name it
   * @param role what the topic is for, as messages name it
   */
  static String name(String word, String argument, String role) {
    checkText(word, argument);
    if (!Topics.isValidName(word)) {
      throw new UsageException(
          "Error: Invalid " + role + " topic '" + word + "', does it contain '+' or '#'?");
    }
    return word;
  }

  /** A topic filter. */
  static String filter(String word, String argument, String role) {
    checkText(word, argument);
    if (!Topics.isValidFilter(word)) {
      throw new UsageException(
          "Error: Invalid "
              + role
              + " topic '"
              + word
              + "', are all '+' and '#' wildcards correct?");
    }
    return word;
  }

  private static void checkText(String word, String argument) {
    if (!Utf8.isValid(word)) {
      throw new UsageException("Error: Malformed UTF-8 in " + argument + " argument.");
    }
  }
}
