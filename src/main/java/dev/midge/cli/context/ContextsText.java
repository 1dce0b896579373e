package dev.midge.cli.context;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.OptionFile;
import dev.midge.cli.parse.SpellingHint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of the file of contexts, whose lines are those of an option file under the names of the
 * contexts, such as {@code [prod]}. A line {@code use NAME} before them chooses the one that counts
 * by default. A change keeps all lines that it is not about, comments too.
 */
final class ContextsText {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String NAME_RULE =
      "a name has 1 to 64 letters, digits, '.', '_' and '-', and begins with a letter or digit";
  private static final String USE = "use";
  private static final List<String> HEAD =
      List.of("# The contexts of midge: 'midge context edit' opens this file in an editor.");

  private final String file;
  private final List<String> lines;
  private final Map<String, NamedContext> contexts = new LinkedHashMap<>();
  private @Nullable String current;
  private int currentNumber;

  /**
   * Reads a text.
   *
   * @param file its name, for complaints
   * @throws UsageException for what is no such text, with the number of the line
   */
  ContextsText(String file, List<String> lines) {
    this.file = file;
    this.lines = List.copyOf(lines);
    read();
    if (current != null && !contexts.containsKey(current)) {
      throw problem(currentNumber, "there is no context '" + current + "' to use.");
    }
  }

  /** Returns the text of a new file. */
  static ContextsText empty(String file) {
    return new ContextsText(file, HEAD);
  }

  private void read() {
    String name = null;
    int header = 0;
    List<NamedContext.Line> options = new ArrayList<>();
    for (int number = 1; number <= lines.size(); number++) {
      String[] words = OptionFile.words(lines.get(number - 1));
      if (words == null) {
        continue;
      }
      if (words[0].startsWith("[")) {
        end(name, header, number - 1, options);
        name = name(number, String.join(" ", words).strip());
        header = number;
        options = new ArrayList<>();
      } else if (name == null) {
        use(number, words);
      } else if (words[0].startsWith("-")) {
        options.add(new NamedContext.Line(number, words[0], words.length == 1 ? null : words[1]));
      } else {
        throw problem(
            number,
            "'" + words[0] + "' is no option: a line is an option, a space and its argument.");
      }
    }
    end(name, header, lines.size(), options);
  }

  private void end(@Nullable String name, int header, int end, List<NamedContext.Line> options) {
    if (name != null) {
      contexts.put(name, new NamedContext(name, header, end, List.copyOf(options)));
    }
  }

  private String name(int number, String header) {
    String name = header.endsWith("]") ? header.substring(1, header.length() - 1) : "";
    if (!NAME.matcher(name).matches()) {
      throw problem(number, "the name of a context is written [NAME]; " + NAME_RULE + ".");
    }
    NamedContext other = contexts.get(name);
    if (other != null) {
      throw problem(
          number, "there is a context '" + name + "' already, at line " + other.number() + ".");
    }
    return name;
  }

  private void use(int number, String[] words) {
    if (!words[0].equals(USE) || words.length == 1) {
      throw problem(
          number, "before the first [NAME] there is only 'use NAME', which chooses a context.");
    }
    if (current != null) {
      throw problem(number, "'use' has chosen a context already, at line " + currentNumber + ".");
    }
    current = words[1].strip();
    currentNumber = number;
  }

  /** Returns a complaint about a line. */
  UsageException problem(int number, String what) {
    return new UsageException("Error: " + file + ", line " + number + ": " + what);
  }

  /** Checks the name for a new context. */
  static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new UsageException("Error: '" + name + "' cannot name a context: " + NAME_RULE + ".");
    }
  }

  /** Returns the contexts in their order. */
  Collection<NamedContext> contexts() {
    return contexts.values();
  }

  /** Returns the name of the context that counts by default; null where none was chosen. */
  @Nullable String current() {
    return current;
  }

  boolean has(String name) {
    return contexts.containsKey(name);
  }

  /**
   * Returns a context.
   *
   * @throws UsageException where there is none of that name, with those that there are
   */
  NamedContext context(String name) {
    NamedContext context = contexts.get(name);
    if (context == null) {
      String hint = SpellingHint.hint(name, contexts.keySet());
      throw new UsageException(
          "Error: There is no context '"
              + name
              + "'"
              + (!hint.isEmpty()
                  ? hint
                  : contexts.isEmpty()
                      ? ", and no other: 'midge context add' makes one."
                      : "; there is " + String.join(", ", contexts.keySet()) + "."));
    }
    return context;
  }

  /** Returns the text with a context in the place of the one of that name, or at the end. */
  ContextsText with(String name, List<String> options) {
    List<String> changed = new ArrayList<>(lines);
    NamedContext old = contexts.get(name);
    if (old != null) {
      List<String> own = changed.subList(old.number(), old.end());
      while (!own.isEmpty() && own.get(own.size() - 1).isBlank()) {
        own = own.subList(0, own.size() - 1);
      }
      own.clear();
      changed.addAll(old.number(), options);
    } else {
      changed.add("");
      changed.add("[" + name + "]");
      changed.addAll(options);
    }
    return new ContextsText(file, changed);
  }

  /** Returns the text without a context; if it was the default there is none. */
  ContextsText without(String name) {
    NamedContext context = context(name);
    List<String> changed = new ArrayList<>(lines);
    changed.subList(context.number() - 1, context.end()).clear();
    if (name.equals(current)) {
      changed.remove(currentNumber - 1);
    }
    return new ContextsText(file, changed);
  }

  /** Returns the text with another default; null is none. */
  ContextsText using(@Nullable String name) {
    List<String> changed = new ArrayList<>(lines);
    int at = currentNumber - 1;
    if (current != null) {
      changed.remove(at);
    }
    if (name != null) {
      int first = contexts.isEmpty() ? lines.size() : context(name) == null ? 0 : firstHeader();
      changed.add(current == null ? first : at, USE + " " + name);
      if (current == null) {
        changed.add(first + 1, "");
      }
    }
    return new ContextsText(file, changed);
  }

  private int firstHeader() {
    return contexts.values().iterator().next().number() - 1;
  }

  /** Returns the text, which ends with a line end. */
  String text() {
    return String.join("\n", lines) + "\n";
  }
}
