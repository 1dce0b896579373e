package dev.midge.cli.command;

import dev.midge.cli.ExitCode;
import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.ProgramVersion;
import dev.midge.cli.about.AboutFacts;
import dev.midge.cli.about.AboutText;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.options.ColourOption;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;

/** {@code midge version}: tells the version, or all that a bug report needs. */
final class VersionCommand implements Command {
  private final ProcessContext context;
  private final ColourOption colour = new ColourOption();
  private boolean all;
  private boolean json;

  VersionCommand(ProcessContext context) {
    this.context = context;
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable("Show the version of midge, or everything that a bug report needs.");
    table
        .under(OptionGroup.OUTPUT)
        .add(
            Option.flag(
                    "Also show Java, system, start-up archive, engines, libraries, paths, locale and terminal; no passwords.",
                    () -> all = true,
                    "--all")
                .own())
        .add(Option.flag("Print one JSON object.", () -> json = true, "--json").own());
    colour.addTo(table);
    return table;
  }

  @Override
  public boolean isJson() {
    return json;
  }

  @Override
  public Terminal terminal() {
    return colour.out(context);
  }

  @Override
  public int run(StandardOutput out) {
    Terminal terminal = terminal();
    if (json) {
      AboutFacts facts = new AboutFacts(context);
      context.print((all ? facts.all(terminal) : AboutFacts.version()).careful() + "\n");
    } else if (all) {
      context.print(
          AboutText.of(
              new AboutFacts(context).all(terminal),
              word -> terminal.paint(Terminal.Shade.TITLE, word)));
    } else {
      context.print(MidgeCompatibility.INSTANCE.versionLine("version", ProgramVersion.text()));
    }
    return ExitCode.OK;
  }
}
