package dev.midge.cli.parse;

import dev.midge.cli.UsageException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.Stack;

/**
 * Hands options the variables of the environment that stand for them, between the option file and
 * the command line, so that later words win.
 */
public final class EnvironmentOptions {
  /** The launcher's variables, which no option has. */
  private static final List<String> LAUNCHER = List.of("MIDGE_HEAP", "MIDGE_ARCHIVE");

  private EnvironmentOptions() {}

  /**
   * Hands each option its word, if the environment has one that is not empty.
   *
   * @param args the command line, whose words may exclude one of the environment's
   * @throws UsageException for a word that cannot be, which names the variable
   */
  public static void apply(OptionTable table, Map<String, String> environment, String... args) {
    Set<String> wanted = variables(environment);
    if (wanted.isEmpty()) {
      return;
    }
    for (Map.Entry<String, Option> found : table.byVariable(wanted).entrySet()) {
      String name = found.getKey();
      String word = environment.get(name);
      if (word != null && !word.isEmpty() && !isExcluded(name, args)) {
        apply(name, found.getValue(), word);
      }
    }
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

  private static Set<String> variables(Map<String, String> environment) {
    Set<String> names = new HashSet<>();
    for (String name : environment.keySet()) {
      if (name.startsWith(Option.VARIABLE_PREFIX) && !LAUNCHER.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }
}
