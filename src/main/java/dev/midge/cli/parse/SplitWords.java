package dev.midge.cli.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits the words of a line into names of options and their arguments: {@code --qos=1}, {@code
 * -rt} and {@code -q1} as picocli would, which takes longer to load than a message to publish.
 */
public final class SplitWords {
  private final OptionTable table;
  private final List<String> split = new ArrayList<>();

  /** Counts the words that belong to the option before them; negative where that is unclear. */
  private int following;

  private SplitWords(OptionTable table) {
    this.table = table;
  }

  /**
   * Returns the same line with each option and each argument as a word of its own, for an {@link
   * ExactParser}.
   *
   * @return null where there is more to interpret: then the line is for picocli
   */
  public static String @Nullable [] of(OptionTable table, String... line) {
    return table.operands() == null ? new SplitWords(table).split(line) : null;
  }

  private String @Nullable [] split(String... line) {
    for (int i = 0; i < line.length; i += following) {
      String word = line[i++];
      List<String> rest = Arrays.asList(line).subList(i, line.length);
      Option option = ExactParser.named(word, table);
      if (option != null) {
        name(word, option, rest);
      } else if (word.startsWith("--")) {
        assignment(word);
      } else {
        cluster(word, rest);
      }
      if (following < 0 || following > rest.size()) {
        return null;
      }
      split.addAll(rest.subList(0, following));
    }
    return split.toArray(new String[0]);
  }

  private void name(String word, Option option, List<String> rest) {
    split.add(word);
    following = option.arity();
    if (following == Option.VARIABLE_ARITY
        && option.handler() instanceof Option.Counting counting) {
      following = counting.count(rest);
    }
  }

  /** Splits {@code --name=value}. */
  private void assignment(String word) {
    following = -1;
    int equals = word.indexOf('=');
    if (equals > 0 && equals < word.length() - 1) {
      Option option = table.find(word.substring(0, equals));
      if (option != null && option.arity() == 1) {
        split.add(word.substring(0, equals));
        split.add(word.substring(equals + 1));
        following = 0;
      }
    }
  }

  /** Splits {@code -abc} and {@code -abVALUE}. */
  private void cluster(String word, List<String> rest) {
    following = -1;
    if (!word.startsWith("-") || word.indexOf('=') >= 0) {
      return;
    }
    for (int i = 1; i < word.length(); i++) {
      String name = "-" + word.charAt(i);
      Option option = table.find(name);
      if (option == null || option.arity() > 1 || option.arity() < 0) {
        following = -1;
        return;
      }
      name(name, option, rest);
      if (following == 1 && i < word.length() - 1) {
        split.add(word.substring(i + 1));
        following = 0;
        return;
      }
    }
  }
}
