package dev.midge.cli.expect;

import dev.midge.cli.UsageException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions that a text is searched for. */
final class SearchPattern {
  private SearchPattern() {}

  /**
   * Compiles an expression as grep understands it: ^ and $ are the ends of lines.
   *
   * @param whole the argument of {@code --expect} that it is in
   * @throws UsageException for what is none
   */
  static Pattern compile(String expression, String whole) {
    try {
      return Pattern.compile(expression, Pattern.MULTILINE);
    } catch (PatternSyntaxException e) {
      String place = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
      throw new UsageException(
          "Error: --expect '"
              + whole
              + "' is no regular expression: "
              + e.getDescription()
              + place
              + ".");
    }
  }

  /** Tells whether a text has a match; one that needs more stack than there is has none. */
  static boolean isFound(Pattern pattern, String text) {
    try {
      return pattern.matcher(text).find();
    } catch (StackOverflowError tooDeep) {
      return false;
    }
  }
}
