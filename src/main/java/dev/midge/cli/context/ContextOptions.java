package dev.midge.cli.context;

import dev.midge.cli.UsageException;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.SpellingHint;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import org.jspecify.annotations.Nullable;

/**
 * The options that a context may have, which are those that variables of the environment may give,
 * and {@code -L}; what they say is told to the options of a connection.
 */
final class ContextOptions {
  private static final Set<String> PLACES = Set.of("-h", "-p", "--unix", "-L");
  private static final Set<String> FILES = Set.of("FILE", "DIRECTORY", "PATH");
  private static final String HOME = "~/";

  private final OptionTable table = new OptionTable("");
  private final ConnectOptions connect;
  private final Map<String, String> environment;

  /**
   * Makes those of a connection.
   *
   * @param environment has the user's home directory, or has it not
   */
  ContextOptions(ConnectOptions connect, Map<String, String> environment) {
    this.connect = connect;
    this.environment = environment;
    connect.addContextTo(table);
  }

  /** Returns all of them. */
  List<Option> all() {
    return table.options();
  }

  /** Tells whether the environment names a broker. */
  boolean isBrokerInEnvironment() {
    for (Map.Entry<String, Option> each : table.byVariable().entrySet()) {
      String word = environment.get(each.getKey());
      if (word != null && !word.isEmpty() && PLACES.contains(each.getValue().names()[0])) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the lines of an option file that a context leaves: all, unless they name a broker of
   * their own; then those that are not about the connection.
   */
  List<String[]> left(List<String[]> lines) {
    List<String[]> left = new ArrayList<>();
    boolean namesBroker = false;
    for (String[] line : lines) {
      Option option = table.find(line[0]);
      if (option == null) {
        left.add(line);
      } else {
        namesBroker |= PLACES.contains(option.names()[0]);
      }
    }
    return namesBroker ? left : lines;
  }

  /**
   * Tells the connection what a context says.
   *
   * @param text has the context, and makes complaints
   * @throws UsageException for a line that cannot be, and where no broker is named
   */
  void apply(ContextsText text, NamedContext context) {
    for (NamedContext.Line line : context.lines()) {
      try {
        apply(line);
      } catch (UsageException e) {
        throw text.problem(line.number(), e.inFull().strip().replaceFirst("^Error: ", ""));
      }
    }
    if (!connect.isPlaceGiven()) {
      throw text.problem(
          context.number(),
          "the context '" + context.name() + "' names no broker (-L, -h, -p or --unix).");
    }
  }

  private void apply(NamedContext.Line line) {
    Option option = table.find(line.option());
    if (option == null) {
      throw unknown(line.option());
    }
    String argument = line.argument();
    if (option.isFlag() && argument != null) {
      throw new UsageException(line.option() + " has no argument.");
    }
    Stack<String> words = new Stack<>();
    if (argument != null) {
      words.push(path(option, argument));
    }
    option.handler().handle(words);
  }

  /** Returns the complaint; behind the name of an option there may be a password. */
  private UsageException unknown(String word) {
    boolean isLong = word.startsWith("--");
    int end = isLong ? word.indexOf('=') : Math.min(word.length(), 2);
    String name = end < 0 ? word : word.substring(0, end);
    if (end >= 0 && end < word.length() && table.find(name) != null) {
      return new UsageException(
          "between " + name + " and its argument there is one space, and nothing else.");
    }
    List<String> names = new ArrayList<>();
    for (Option option : table.options()) {
      names.addAll(List.of(option.names()));
    }
    String hint = isLong ? SpellingHint.hint(name, names) : "";
    return new UsageException(
        "'" + name + "' is no option of a connection" + (hint.isEmpty() ? "." : hint));
  }

  private String path(Option option, String argument) {
    if (!isFile(option) || new File(argument).isAbsolute()) {
      return argument;
    }
    String home = environment.get("HOME");
    if (argument.startsWith(HOME) && home != null) {
      return home + argument.substring(1);
    }
    throw new UsageException(
        option.names()[0] + " " + argument + ": a path in a context begins with / or ~/.");
  }

  /** Tells whether the argument of an option is a path. */
  static boolean isFile(Option option) {
    String label = option.label();
    return label != null && FILES.contains(label);
  }

  /** Returns the path to store for a word of the command line. */
  static String stored(Option option, @Nullable String word) {
    if (word == null || !isFile(option) || word.startsWith(HOME)) {
      return word == null ? "" : word;
    }
    return new File(word).isAbsolute() ? word : Path.of("").toAbsolutePath() + "/" + word;
  }
}
