package dev.midge.cli;

import dev.midge.format.FormatException;
import dev.midge.format.Palette;
import dev.midge.format.Printer;
import java.time.Clock;

/**
 * How received messages are printed: to programs by the contract, byte for byte, and to people, who
 * read midge's own commands on a terminal, in a way that is pleasant and safe.
 */
final class OutputOptions implements OptionSource {
  private final Manners manners;
  private final ColourOption colour = new ColourOption();
  private String format;
  private boolean verbose;
  private boolean noNewline;
  private boolean pretty;
  private boolean json;
  private boolean time;

  OutputOptions(Manners manners) {
    this.manners = manners;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.OUTPUT)
        .add(
            Option.flag(
                "Print the topic before each payload.", () -> verbose = true, "-v", "--verbose"))
        .add(
            Option.value(
                "FORMAT",
                "no format",
                "Print by this template: %%t topic, %%p payload, %%q QoS, %%r retained, %%j JSON and many more.",
                this::format,
                "-F",
                "--format"))
        .add(
            Option.flag(
                "Indent JSON: that of %%j, %%J and --json, and payloads on a terminal.",
                () -> pretty = true, "--pretty"))
        .add(
            Option.flag(
                "Print no newline after each message.",
                () -> noNewline = true,
                "-N",
                "--no-newline"))
        .add(
            Option.flag(
                "Print each message as one JSON object, on a line of its own.",
                () -> json = true,
                "--json"))
        .add(
            Option.flag(
                "Print messages as on a terminal, with the time before each.",
                () -> time = true,
                "--time"));
    table.later(colour);
  }

  /** Compiling is the check, and the first mistake on the command line is the one to be told. */
  private void format(String word) {
    try {
      Printer.of(new Printer.Style(word, false, false, false), null, line -> {});
    } catch (FormatException e) {
      throw new UsageException(e.getMessage());
    }
    format = word;
  }

  /** Whether standard output is for JSON alone. */
  boolean isJson() {
    return json;
  }

  /**
   * Whether options fit together.
   *
   * @param screen whether the whole screen is in use
   */
  void check(boolean screen) {
    boolean templated = format != null || noNewline;
    if (json && (templated || screen)) {
      throw new UsageException(
          "Error: --json prints whole lines and cannot be combined with -F, -N, -w or --message-rate.");
    }
    if (time && templated) {
      throw new UsageException(
          "Error: --time cannot be combined with -F, which has @ for times, or -N.");
    }
  }

  /** Whether messages are laid out for a person. */
  private boolean isForPeople(Surroundings surroundings) {
    return manners == Manners.MIDGE
        && !json
        && format == null
        && !noNewline
        && (time || !verbose && isForTerminal(surroundings));
  }

  /** Whether a person's terminal gets what is printed, in whatever form. */
  boolean isForTerminal(Surroundings surroundings) {
    return manners == Manners.MIDGE && (surroundings.outIsTerminal() || isColoured(surroundings));
  }

  /**
   * Makes the printer.
   *
   * @param oneLine whether a message must not take more than a line of the screen
   */
  Printer toPrinter(Surroundings surroundings, Talk talk, boolean oneLine) {
    if (json) {
      return Printer.json(surroundings.clock().get(), pretty);
    }
    if (isForPeople(surroundings)) {
      return Printer.screen(
          palette(surroundings),
          new Printer.Look(time, pretty, oneLine),
          time ? surroundings.clock().get() : null);
    }
    return byContract(surroundings, talk, oneLine);
  }

  /** Standard output, coloured or not. */
  Terminal terminal(Surroundings surroundings) {
    return colour.out(surroundings);
  }

  private boolean isColoured(Surroundings surroundings) {
    return terminal(surroundings).isColoured();
  }

  private Palette palette(Surroundings surroundings) {
    return isColoured(surroundings) ? ColourOption.palette(terminal(surroundings)) : Palette.NONE;
  }

  private Printer byContract(Surroundings surroundings, Talk talk, boolean oneLine) {
    // Without a format nobody asks for the time, and its classes stay unloaded.
    Clock clock = format == null ? null : surroundings.clock().get();
    Printer.Style style = new Printer.Style(format, verbose, noNewline, pretty);
    try {
      return isForTerminal(surroundings)
          ? Printer.shown(style, palette(surroundings), oneLine, clock, talk::complain)
          : Printer.of(style, clock, talk::complain);
    } catch (FormatException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
