package dev.midge.cli.parse;

import dev.midge.cli.UsageException;
import java.util.Locale;
import java.util.Map;
import java.util.Stack;

/**
 * Hands options the variables of the environment that stand for them, between the option file and
 * the command line, so that later words win.
 */
public final class EnvironmentOptions {
  private EnvironmentOptions() {}

  /**
   * Hands each option its word, if the environment has one that is not empty.
   *
   * @param args the command line, whose words may exclude one of the environment's
   * @throws UsageException for a word that cannot be, which names the variable
   */
  public static void apply(OptionTable table, Map<String, String> environment, String... args) {
    if (!isAnyIn(environment)) {
      return;
    }
    table
        .byVariable()
        .forEach(
            (name, option) -> {
              String word = environment.get(name);
              if (word != null && !word.isEmpty() && !isExcluded(name, args)) {
                apply(name, option, word);
              }
            });
  }

  private static void apply(String name, Option option, String word) {
    try {
      if (!option.isFlag()) {
        Stack<String> words = new Stack<>();
        words.push(word);
        option.handler().handle(words);
      } else if (isYes(name, word)) {
        option.handler().handle(new Stack<>());
      }
    } catch (UsageException e) {
      throw new UsageException(e.inFull() + " (" + name + ")");
    }
  }

  private static boolean isYes(String name, String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes", "on" -> true;
      case "0", "false", "no", "off" -> false;
      default -> throw new UsageException("Error: '" + word + "' is neither yes nor no.");
    };
  }

  /**
   * Tells whether the line has an option that cannot stand beside that of the variable, or means
   * the contrary.
   */
  private static boolean isExcluded(String name, String... args) {
    return switch (name) {
      case "MIDGE_ID" -> names(args, "-I", "--id-prefix");
      case "MIDGE_ID_PREFIX" -> names(args, "-i", "--id");
      case "MIDGE_HOST", "MIDGE_PORT", "MIDGE_WS" -> names(args, "--against", "--against");
      case "MIDGE_CONTROL" -> names(args, "-p", "--port");
      case "MIDGE_UNIX" ->
          names(args, "-h", "--host")
              || names(args, "-L", "--url")
              || names(args, "--against", "--against");
      default -> false;
    };
  }

  private static boolean names(String[] args, String shortName, String longName) {
    for (String arg : args) {
      if (arg.equals(longName) || arg.startsWith(longName + "=") || arg.startsWith(shortName)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAnyIn(Map<String, String> environment) {
    for (String name : environment.keySet()) {
      if (name.startsWith(Option.VARIABLE_PREFIX)) {
        return true;
      }
    }
    return false;
  }
}
