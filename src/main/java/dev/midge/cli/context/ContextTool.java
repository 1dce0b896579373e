package dev.midge.cli.context;

import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.SpellingHint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line of {@code midge context}, and what its words do. */
public final class ContextTool implements OptionTable.Source {
  /** The words that tell what to do. */
  public static final List<String> WORDS = List.of("add", "ls", "use", "edit", "rm", "show");

  private final ProcessContext process;
  private final ConnectOptions connect;
  private final RecordedOptions recorded;
  private final List<String> words = new ArrayList<>();
  private boolean replace;
  private boolean storePassword;
  private boolean none;
  private boolean json;

  /** Makes one that nobody has told anything. */
  public ContextTool(ProcessContext process) {
    this.process = process;
    this.connect = new ConnectOptions(process);
    connect.timeout().describeAsThatOfTheCommand();
    this.recorded = new RecordedOptions(new ContextOptions(connect, process.environment()));
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.CONTEXT)
        .add(
            Option.flag(
                "With add: replace the context of that name.", () -> replace = true, "--replace"))
        .add(
            Option.flag(
                "With add: store the password itself in the file.",
                () -> storePassword = true,
                "--store-password"))
        .add(Option.flag("With use: choose none.", () -> none = true, "--none"));
    table
        .under(OptionGroup.OUTPUT)
        .add(
            Option.flag(
                "With ls and show: print JSON, one object per line.", () -> json = true, "--json"));
    table.operands(words::add);
    table.later(recorded);
  }

  /** Tells whether standard output is for JSON alone. */
  public boolean isJson() {
    return json;
  }

  /**
   * Does what the words say.
   *
   * @return the exit status
   * @throws UsageException for words that cannot be, and for a file that is no good
   */
  public int run() {
    String word = words.isEmpty() ? "" : words.get(0);
    if (!WORDS.contains(word)) {
      throw unknown(word);
    }
    belongs(replace, "--replace", word, "add");
    belongs(storePassword, "--store-password", word, "add");
    belongs(none, "--none", word, "use");
    belongs(json, "--json", word, "ls", "show");
    if (!recorded.lines().isEmpty()) {
      belongs(true, recorded.lines().get(0).option(), word, "add");
    }
    List<String> names = words.subList(1, words.size());
    ContextsFile file = ContextsFile.of(process.environment());
    switch (word) {
      case "add" -> add(file, only(names, "add NAME [OPTIONS]"));
      case "use" -> use(file, names);
      case "rm" -> remove(file, names);
      case "edit" -> {
        allowed(names.isEmpty(), "edit");
        return new ContextEditor(process, file).edit();
      }
      case "show" -> {
        allowed(names.size() <= 1, "show [NAME]");
        new ContextList(process, file, json).show(names.isEmpty() ? null : names.get(0));
      }
      default -> {
        allowed(names.isEmpty(), "ls");
        return new ContextList(process, file, json).list();
      }
    }
    return ExitCode.OK;
  }

  private static UsageException unknown(String word) {
    String all = "one of " + String.join(", ", WORDS) + ".";
    if (word.isEmpty()) {
      return new UsageException("Error: A word is missing, " + all);
    }
    String hint = SpellingHint.hint(word, WORDS);
    return new UsageException(
        "Error: Unknown word '" + word + "'" + (hint.isEmpty() ? ", it is " + all : hint));
  }

  private static void belongs(boolean given, String option, String word, String... owners) {
    if (given && !List.of(owners).contains(word)) {
      throw new UsageException(
          "Error: " + option + " belongs to midge context " + String.join(" and ", owners) + ".");
    }
  }

  private static void allowed(boolean isRight, String form) {
    if (!isRight) {
      throw new UsageException("Error: The form is: midge context " + form);
    }
  }

  private static String only(List<String> names, String form) {
    allowed(names.size() == 1, form);
    return names.get(0);
  }

  private void add(ContextsFile file, String name) {
    ContextsText.checkName(name);
    if (!connect.isPlaceGiven()) {
      throw new UsageException(
          "Error: No broker is named: give -L URL, -h HOST, -p PORT or --unix PATH.");
    }
    connect.checkAhead();
    for (NamedContext.Line line : recorded.lines()) {
      if (!storePassword && StoredPasswords.isIn(line.option(), line.argument())) {
        throw new UsageException(
            "Error: The password in "
                + line.option()
                + " is not stored: "
                + RecordedOptions.insteadOf(line.option())
                + "; or --store-password.");
      }
    }
    connect.warnings().forEach(this::warn);
    String open = connect.openPasswordFile();
    if (open != null) {
      warn("Warning: others may read the password file " + open + "; chmod 600 keeps it yours.");
    }
    file.change(
        text -> {
          if (text.has(name) && !replace) {
            throw new UsageException(
                "Error: There is a context '"
                    + name
                    + "' already: --replace takes its place, and midge context edit changes it.");
          }
          return text.with(name, recorded.text());
        });
  }

  private void warn(@Nullable String line) {
    if (line != null) {
      process.err().println(line);
    }
  }

  private void use(ContextsFile file, List<String> names) {
    allowed(names.size() == (none ? 0 : 1), "use NAME, or midge context use --none");
    file.change(text -> text.using(none ? null : text.context(names.get(0)).name()));
  }

  private void remove(ContextsFile file, List<String> names) {
    allowed(!names.isEmpty(), "rm NAME...");
    List<String> told = new ArrayList<>();
    file.change(
        text -> {
          ContextsText left = text;
          for (String name : names) {
            if (name.equals(left.current())) {
              told.add("'" + name + "' was the default context; there is none now.");
            }
            left = left.without(name);
          }
          return left;
        });
    told.forEach(process.err()::println);
  }
}
