package dev.midge.cli.expect;

import dev.midge.cli.UsageException;
import dev.midge.mqtt.Message;

/** A message that is waited for, in the words of {@code --expect}. */
interface Expectation {

  /** Returns the words of the user. */
  String words();

  /** Tells whether that message is one. */
  boolean isMetBy(Message message);

  /**
   * Reads the words: a JSON path, perhaps with an operator and a value, where they begin with
   * {@code $}, and else a regular expression.
   *
   * @throws UsageException for words that are neither
   */
  static Expectation parse(String words) {
    if (words.isEmpty()) {
      throw new UsageException(
          "Error: --expect '' expects nothing: it is a regular expression or a JSON path.");
    }
    return words.startsWith("$") ? PathExpectation.parse(words) : TextExpectation.parse(words);
  }
}
