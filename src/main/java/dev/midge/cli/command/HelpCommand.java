package dev.midge.cli.command;

import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.help.HelpTopic;
import dev.midge.cli.help.Overview;
import dev.midge.cli.options.ColourOption;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.SpellingHint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code midge help TOPIC}: prints a page about a topic. What follows the name of a command is that
 * command's, and comes here for {@code midge help help} alone.
 */
final class HelpCommand implements Command {
  private final ProcessContext context;
  private final ColourOption colour = new ColourOption();
  private final List<String> words = new ArrayList<>();
  private final List<String> commands;
  private final Supplier<List<String>> variables;

  /**
   * Makes one.
   *
   * @param commands the names of all commands
   * @param variables returns the names of the variables that stand for their options
   */
  HelpCommand(ProcessContext context, List<String> commands, Supplier<List<String>> variables) {
    this.context = context;
    this.commands = commands;
    this.variables = variables;
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable(
            "List the commands, or show the options of a command or one of the topics "
                + String.join(", ", HelpTopic.words())
                + ".");
    colour.addTo(table);
    return table.operands(words::add);
  }

  @Override
  public Terminal terminal() {
    return colour.out(context);
  }

  @Override
  public int run(StandardOutput out) {
    if (words.isEmpty()) {
      context.print(Overview.TEXT);
      return ExitCode.OK;
    }
    HelpTopic topic = HelpTopic.of(words.get(0));
    if (topic == null) {
      throw new UsageException("Error: Unknown " + unknown(words.get(0), commands));
    }
    if (words.size() > 1) {
      throw new UsageException("Error: The form is: midge help " + topic.word() + ".");
    }
    Terminal terminal = terminal();
    context.print(topic.page(variables, word -> terminal.paint(Terminal.Shade.TITLE, word)));
    return ExitCode.OK;
  }

  /** Returns the complaint about a word that is neither a command nor a topic. */
  static String unknown(String word, List<String> commands) {
    List<String> known = new ArrayList<>(commands);
    known.addAll(HelpTopic.words());
    String hint = SpellingHint.hint(word, known);
    return "command or topic '"
        + word
        + "'"
        + (hint.isEmpty()
            ? "; the topics are " + String.join(", ", HelpTopic.words()) + "."
            : hint);
  }
}
