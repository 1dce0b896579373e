package dev.midge.cli.parse;

import dev.midge.cli.UsageException;
import dev.midge.mqtt.Topics;
import dev.midge.text.Utf8;

/** Checks topics and topic filters in arguments. */
public final class TopicArgument {
  private static final int SHOWN = 100;

  private TopicArgument() {}

  /**
   * Returns a topic name.
   *
   * @param argument the option, as messages name it
   * @param role what the topic is for, as messages name it
   */
  public static String name(String word, String argument, String role) {
    checkText(word, argument);
    if (!Topics.isValidName(word)) {
      throw problem(
          "Error: Invalid " + role + " topic '", word, "', does it contain '+' or '#'?", argument);
    }
    return word;
  }

  /** Returns a topic filter. */
  public static String filter(String word, String argument, String role) {
    checkText(word, argument);
    if (!Topics.isValidFilter(word)) {
      throw problem(
          "Error: Invalid " + role + " topic '",
          word,
          "', are all '+' and '#' wildcards correct?",
          argument);
    }
    return word;
  }

  /**
   * Returns the complaint. Mosquitto shows a topic whole and blames wildcards, whatever is wrong.
   */
  private static UsageException problem(String start, String word, String end, String argument) {
    String own = start + shortened(word) + end;
    int length = Utf8.length(word);
    if (length > Topics.MAX_LENGTH) {
      own = "Error: The topic of " + argument + " is too long: " + length + " bytes, not 65535.";
    } else if (Topics.hasTooManyLevels(word)) {
      own = "Error: The topic of " + argument + " has more than 201 levels.";
    }
    return UsageException.differing(start + word + end, own);
  }

  private static String shortened(String word) {
    return word.length() <= SHOWN ? word : word.substring(0, SHOWN) + "\u2026";
  }

  private static void checkText(String word, String argument) {
    if (!Utf8.isValid(word)) {
      throw new UsageException("Error: Malformed UTF-8 in " + argument + " argument.");
    }
  }
}
