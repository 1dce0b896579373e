package dev.midge.cli.command;

import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.help.Recipes;
import dev.midge.cli.options.ColourOption;
import dev.midge.cli.parse.OptionTable;
import dev.midge.text.TerminalEscapes;
import java.util.ArrayList;
import java.util.List;

/** {@code midge examples}: prints recipes. */
final class ExamplesCommand implements Command {
  private final ProcessContext context;
  private final ColourOption colour = new ColourOption();
  private final List<String> words = new ArrayList<>();
  private final List<String> commands;

  /**
   * Makes one.
   *
   * @param commands the names of the commands whose examples are recipes too
   */
  ExamplesCommand(ProcessContext context, List<String> commands) {
    this.context = context;
    this.commands = commands;
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable("Print recipes: all of them, or those that contain each of the words.");
    colour.addTo(table);
    return table.operands(words::add);
  }

  @Override
  public Terminal terminal() {
    return colour.out(context);
  }

  @Override
  public int run(StandardOutput out) {
    List<Recipes.Recipe> found =
        Recipes.all(commands).stream()
            .filter(recipe -> words.stream().allMatch(recipe::isAbout))
            .toList();
    if (found.isEmpty()) {
      context
          .err()
          .println(
              "Error: No recipe is about "
                  + TerminalEscapes.escaped(String.join(" and ", words))
                  + "; 'midge examples' prints all.");
      return ExitCode.FAILED;
    }
    Terminal terminal = terminal();
    StringBuilder text = new StringBuilder();
    for (Recipes.Recipe recipe : found) {
      text.append(text.isEmpty() ? "" : "\n")
          .append(terminal.paint(Terminal.Shade.TITLE, recipe.text()))
          .append('\n')
          .append(recipe.command())
          .append('\n');
    }
    context.print(text.toString());
    return ExitCode.OK;
  }
}
