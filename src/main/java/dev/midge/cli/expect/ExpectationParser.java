package dev.midge.cli.expect;

import dev.midge.cli.UsageException;

/** Reads the argument of {@code --expect}. */
final class ExpectationParser {
  private ExpectationParser() {}

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
