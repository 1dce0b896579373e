package dev.midge.cli.options;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.format.Palette;

/** {@code --color}: the user's choice of colours. */
public final class ColourOption implements OptionTable.Source {
  private Terminal.Colours colours = Terminal.Colours.AUTO;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.OUTPUT)
        .add(
            Option.value(
                    "WHEN",
                    "no choice",
                    "Colours: auto (on a terminal, unless NO_COLOR is set; with CLICOLOR_FORCE always), always or never.",
                    this::colours,
                    "--color")
                .own());
  }

  private void colours(String word) {
    switch (word) {
      case "auto" -> colours = Terminal.Colours.AUTO;
      case "always" -> colours = Terminal.Colours.ALWAYS;
      case "never" -> colours = Terminal.Colours.NEVER;
      default ->
          throw new UsageException(
              "Error: Invalid --color argument '" + word + "'.",
              ": it is one of auto, always, never.");
    }
  }

  /** Returns standard output, coloured or not. */
  public Terminal out(ProcessContext context) {
    return Terminal.ofOut(context, colours);
  }

  /** Returns standard error, coloured or not. */
  public Terminal err(ProcessContext context) {
    return Terminal.ofErr(context, colours);
  }

  /** Returns the colours of the parts of a message. */
  static Palette palette(Terminal terminal) {
    return (part, text) ->
        terminal.paint(
            switch (part) {
              case TIME, FACT -> Terminal.Shade.FAINT;
              case TOPIC -> Terminal.Shade.CALM;
              case RETAINED -> Terminal.Shade.CAUTION;
              case KEY -> Terminal.Shade.IN;
              case ESCAPE -> Terminal.Shade.ODD;
            },
            text);
  }
}
