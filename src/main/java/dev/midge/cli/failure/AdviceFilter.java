package dev.midge.cli.failure;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Leaves out advice that names options which a command does not have. */
final class AdviceFilter {
  private static final Pattern OPTION = Pattern.compile("(?<![\\w'-])--?[A-Za-z][A-Za-z-]*");
  private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=[.?]) ");

  @Nullable
  private AdviceFilter() {}

  /**
   * Returns the sentences that can be followed.
   *
   * @param advice null for none
   * @param has whether the command has the option of that name
   * @return null for none
   */
  static @Nullable String applicable(@Nullable String advice, Predicate<String> has) {
    if (advice == null) {
      return null;
    }
    StringBuilder left = new StringBuilder();
    for (String sentence : END_OF_SENTENCE.split(advice)) {
      if (OPTION.matcher(sentence).results().allMatch(found -> has.test(found.group()))) {
        left.append(left.length() == 0 ? "" : " ").append(sentence);
      }
    }
    return left.length() == 0 ? null : left.toString();
  }
}
