package dev.midge.cli.context;

import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import org.jspecify.annotations.Nullable;

/**
 * The connection options of a command line, which are told to the connection, and kept as the lines
 * of a context.
 */
final class RecordedOptions implements OptionTable.Source {
  private final ContextOptions options;
  private final List<NamedContext.Line> lines = new ArrayList<>();

  RecordedOptions(ContextOptions options) {
    this.options = options;
  }

  @Override
  public void addTo(OptionTable table) {
    for (Option option : options.all()) {
      table
          .under(option.group())
          .add(
              new Option(
                  option.names(),
                  0,
                  option.label(),
                  option.description(),
                  words -> record(option, words),
                  option.arity(),
                  option.group()));
    }
  }

  private void record(Option option, Stack<String> words) {
    String argument = option.isFlag() || words.isEmpty() ? null : words.peek();
    option.handler().handle(words);
    String name = option.names()[0];
    lines.removeIf(line -> line.option().equals(name));
    lines.add(
        new NamedContext.Line(
            0, name, argument == null ? null : ContextOptions.stored(option, argument)));
  }

  /** Returns the options in their order; of one that was repeated, the last. */
  List<NamedContext.Line> lines() {
    return lines;
  }

  /** Returns the options as an option file has them. */
  List<String> text() {
    return lines.stream().map(line -> text(line.option(), line.argument())).toList();
  }

  private static String text(String option, @Nullable String argument) {
    return argument == null ? option : option + " " + argument;
  }

  /** Returns what to say instead of an option that gives a password itself. */
  static String insteadOf(String option) {
    return switch (option) {
      case "-P" -> "give --pw-file, --pw-command or --ask-password";
      case "-L" -> "leave it out of the URL, and give --pw-file or --pw-command";
      default -> "leave it out";
    };
  }
}
