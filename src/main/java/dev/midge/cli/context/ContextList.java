package dev.midge.cli.context;

import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.control.Facts;
import dev.midge.text.TerminalEscapes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints contexts, and no password. */
final class ContextList {
  private final ProcessContext process;
  private final ContextsText text;
  private final boolean json;

  /**
   * Reads the contexts.
   *
   * @throws UsageException for a file that is no good
   */
  ContextList(ProcessContext process, ContextsFile file, boolean json) {
    this.process = process;
    this.text = file.read();
    this.json = json;
    String warning = file.warning();
    if (warning != null) {
      process.err().println(warning);
    }
  }

  /**
   * Prints a line for each context: its name, and the broker; an asterisk marks the default.
   *
   * @return the exit status, which is not 0 where one of them is no good
   */
  int list() {
    int widest = 0;
    for (NamedContext each : text.contexts()) {
      widest = Math.max(widest, each.name().length());
    }
    boolean well = true;
    for (NamedContext each : text.contexts()) {
      boolean current = each.name().equals(text.current());
      String broker = broker(each);
      well &= broker != null;
      print(
          json
              ? new Facts()
                  .with("name", each.name())
                  .with("current", current)
                  .with("broker", broker)
                  .careful()
              : ((current ? "* " : "  ")
                      + each.name()
                      + " ".repeat(widest - each.name().length())
                      + "  "
                      + (broker == null ? "?" : broker))
                  .stripTrailing());
    }
    return well ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Returns the broker of a context; null, with a complaint, where its options are no good. */
  private @Nullable String broker(NamedContext each) {
    try {
      ConnectOptions connect = new ConnectOptions(process);
      new ContextOptions(connect, process.environment()).apply(text, each);
      return connect.wire();
    } catch (UsageException e) {
      process.err().println(TerminalEscapes.escaped(e.inFull()));
      return null;
    }
  }

  /**
   * Prints the options of a context, one a line.
   *
   * @param name null for the default
   * @throws UsageException where there is no such context
   */
  void show(@Nullable String name) {
    String wanted = name == null ? text.current() : name;
    if (wanted == null) {
      throw new UsageException("Error: There is no default context: midge context show NAME.");
    }
    NamedContext context = text.context(wanted);
    List<String> words = new ArrayList<>();
    for (NamedContext.Line line : context.lines()) {
      String argument = line.argument();
      words.add(line.option());
      if (argument != null) {
        words.add(StoredPasswords.masked(line.option(), argument));
      }
      if (!json) {
        print(String.join(" ", words));
        words.clear();
      }
    }
    if (json) {
      print(
          new Facts()
              .with("name", context.name())
              .with("current", context.name().equals(text.current()))
              .withWords("options", words)
              .careful());
    }
  }

  private void print(String line) {
    process.print((json ? line : TerminalEscapes.escaped(line)) + "\n");
  }
}
