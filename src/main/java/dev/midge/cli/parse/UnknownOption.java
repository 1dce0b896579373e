package dev.midge.cli.parse;

import dev.midge.cli.UsageException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The complaint about a word that no option takes, with a hint at what may have been meant. Loaded
 * only for such a word.
 */
final class UnknownOption {
  /** A longer word is no mistyped option. */
  private static final int LONGEST = 40;

  private UnknownOption() {}

  /** Returns the complaint; the hint in it is midge's own. */
  static UsageException in(OptionTable table, String word) {
    return in(table, word, new String[0]);
  }

  /**
   * Returns the complaint about a word of a line.
   *
   * @param line all the words; a word that follows an option with its argument belongs to that
   */
  static UsageException in(OptionTable table, String word, String[] line) {
    // What stands behind the sign may be a password.
    int sign = word.startsWith("--") ? word.indexOf('=') : -1;
    String name = sign < 0 ? word : word.substring(0, sign);
    if (!word.startsWith("-")) {
      Option before = before(table, word, line);
      if (before != null) {
        return surplus(before, word);
      }
    }
    String hint = hint(table, name);
    return UsageException.differing(
        "Error: Unknown option '" + word + "'.",
        "Error: Unknown option '" + name + "'" + (hint.isEmpty() ? "." : hint));
  }

  private static String hint(OptionTable table, String name) {
    if (!name.startsWith("--") || name.length() > LONGEST) {
      return "";
    }
    List<String> names = new ArrayList<>();
    for (Option option : table.options()) {
      for (String known : option.names()) {
        if (known.startsWith("--")) {
          names.add(known);
        }
      }
    }
    return SpellingHint.hint(name, names);
  }

  /** Returns the option whose argument stands before the word; null where there is none. */
  private static @Nullable Option before(OptionTable table, String word, String[] line) {
    for (int i = 0; i < line.length; i++) {
      Option option = table.find(line[i]);
      if (option == null || option.arity() < 0) {
        boolean attached = i + 1 < line.length && line[i + 1].equals(word);
        option = attached ? withArgument(table, line[i]) : null;
        if (option != null) {
          return option;
        }
        continue;
      }
      i += option.arity();
      if (option.arity() > 0 && i + 1 < line.length && line[i + 1].equals(word)) {
        return option;
      }
    }
    return null;
  }

  /** Returns the option of a word such as {@code --message=hello} or {@code -mhello}. */
  private static @Nullable Option withArgument(OptionTable table, String word) {
    int sign = word.indexOf('=');
    Option option = null;
    if (word.startsWith("--")) {
      option = sign < 0 ? null : table.find(word.substring(0, sign));
    } else if (word.startsWith("-") && word.length() > 2) {
      option = table.find(word.substring(0, 2));
    }
    return option == null || option.isFlag() ? null : option;
  }

  private static UsageException surplus(Option before, String word) {
    String name = before.names()[0];
    boolean secret = name.equals("-P") || name.equals("--proxy") || name.equals("-L");
    return new UsageException(
        "Error: Surplus word "
            + (secret ? "" : "'" + word + "' ")
            + "after "
            + name
            + " "
            + before.label()
            + ": words that belong together need quotes, as in "
            + name
            + " 'two words'.");
  }
}
