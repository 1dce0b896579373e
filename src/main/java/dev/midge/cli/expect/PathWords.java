package dev.midge.cli.expect;

import dev.midge.cli.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * The parts of {@code $.path OPERATOR VALUE}.
 *
 * @param path the JSON path, which nobody has read yet
 * @param comparison null where the value need only be there
 */
record PathWords(String path, @Nullable Comparison comparison) {

  /**
   * Reads the words.
   *
   * @throws UsageException for an operator or a value that is none
   */
  static PathWords parse(String words) {
    int end = endOfPath(words);
    String path = words.substring(0, end);
    String rest = words.substring(end).strip();
    return new PathWords(path, rest.isEmpty() ? null : Comparison.parse(rest, words));
  }

  /**
   * Returns where the path ends: at the first blank or operator outside of brackets, in which
   * anything may stand.
   */
  private static int endOfPath(String words) {
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (depth > 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '[' || c == '(') {
        depth++;
      } else if (c == ']' || c == ')') {
        depth--;
      } else if (depth == 0 && (Character.isWhitespace(c) || "=!<>~".indexOf(c) >= 0)) {
        return i;
      }
    }
    if (depth != 0 || quote != 0) {
      throw new UsageException(
          "Error: --expect '" + words + "': no JSON path: a bracket is not closed.");
    }
    return words.length();
  }
}
