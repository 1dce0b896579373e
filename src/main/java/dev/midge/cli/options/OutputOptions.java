package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.parse.FrameArgument;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.format.FormatException;
import dev.midge.format.Palette;
import dev.midge.format.Printer;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The options for printing messages: to programs by the contract, byte for byte, and to people, who
 * read midge's own commands on a terminal, in a way that is pleasant and safe.
 */
public final class OutputOptions implements OptionTable.Source {
  private final Compatibility compatibility;
  private final ColourOption colour = new ColourOption();
  private @Nullable String format;
  private boolean verbose;
  private boolean noNewline;
  private boolean nul;
  private boolean framed;
  private boolean pretty;
  private boolean json;
  private boolean time;

  /** Makes them, with payloads printed as they are. */
  public OutputOptions(Compatibility compatibility) {
    this.compatibility = compatibility;
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
                    "--format")
                .lastNameOwn())
        .add(
            Option.flag(
                "Indent JSON: the output of %%j, %%J and --json, and payloads on a terminal.",
                () -> pretty = true, "--pretty"))
        .add(
            Option.flag(
                    "Print no newline after each message.",
                    () -> noNewline = true,
                    "-N",
                    "--no-newline")
                .lastNameOwn())
        .add(
            Option.flag(
                    "Print a NUL byte instead of the newline after each message.",
                    () -> nul = true,
                    "-0",
                    "--null")
                .own())
        .add(
            Option.value(
                    "u32",
                    "no form",
                    "Print each message with its length before it, four bytes, most significant byte first, and no newline.",
                    this::frame,
                    "--frame")
                .own())
        .add(
            Option.flag(
                    "Print each message as one JSON object, on a line of its own.",
                    () -> json = true,
                    "--json")
                .own())
        .add(
            Option.flag(
                    "Print messages as on a terminal, each with the time before it.",
                    () -> time = true,
                    "--time")
                .own());
    table.later(colour);
  }

  /**
   * Compiles the template to check it: the first mistake on the command line is the one to be told.
   */
  private void format(String word) {
    try {
      Printer.of(new Printer.Style(word, false, false, false), null, line -> {});
    } catch (FormatException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    format = word;
  }

  private void frame(String word) {
    FrameArgument.check(word);
    framed = true;
  }

  /** Tells whether standard output is for JSON alone. */
  public boolean isJson() {
    return json;
  }

  /** Tells whether standard output is for the messages alone, so that others may take it apart. */
  public boolean isForMessagesAlone() {
    return json || isDivided();
  }

  /** Tells whether NUL bytes or lengths divide the messages. */
  public boolean isDivided() {
    return nul || framed;
  }

  /** Makes topics be printed alone, unless messages are laid out for a person or as was said. */
  public void printTopics(ProcessContext context) {
    if (!json && !isShaped() && !isForPeople(context)) {
      format = "%t";
    }
  }

  /** Tells whether an option says how messages are printed, other than as JSON. */
  public boolean isShaped() {
    return format != null || verbose || noNewline || time || isDivided();
  }

  /**
   * Checks that the options fit together.
   *
   * @param screen whether the whole screen is in use
   */
  public void check(ProcessContext context, boolean screen) {
    if (isDivided()) {
      checkDivision(context, screen);
    }
    boolean templated = format != null || noNewline;
    if (json && (templated || screen)) {
      throw new UsageException(
          "Error: --json cannot be combined with -F, -N, -w or --message-rate.");
    }
    if (time && templated) {
      throw new UsageException(
          "Error: --time cannot be combined with -F, which has @ for times, or -N.");
    }
  }

  private void checkDivision(ProcessContext context, boolean screen) {
    if (nul && framed) {
      throw new UsageException("Error: -0 and --frame exclude each other: give one.");
    }
    if (noNewline || screen || time) {
      throw new UsageException(
          "Error: -0 and --frame cannot be combined with -N, -w, --message-rate or --time.");
    }
    // A length is four bytes of any value, and may be the beginning of a command.
    if (framed && context.outIsTerminal()) {
      throw new UsageException(
          "Error: --frame does not write to a terminal: use a pipe or a file.");
    }
  }

  /** Tells whether none of the options asks for a form of what is printed, but for the topic. */
  public boolean isPlain() {
    return !json && !time && !noNewline && format == null && !isDivided();
  }

  /** Tells whether messages are laid out for a person. */
  private boolean isForPeople(ProcessContext context) {
    return compatibility.laysOutForPeople()
        && !json
        && format == null
        && !noNewline
        && !isDivided()
        && (time || !verbose && isForTerminal(context));
  }

  /** Tells whether a person's terminal shows what is printed, in whatever form. */
  public boolean isForTerminal(ProcessContext context) {
    return compatibility.laysOutForPeople() && (context.outIsTerminal() || isColoured(context));
  }

  /**
   * Makes the printer.
   *
   * @param oneLine whether a message must not take more than a line of the screen
   */
  public Printer toPrinter(ProcessContext context, Consumer<String> complaints, boolean oneLine) {
    Printer printer = toUndivided(context, complaints, oneLine);
    return isDivided() ? printer.ending(framed ? Printer.End.FRAME : Printer.End.NUL) : printer;
  }

  private Printer toUndivided(
      ProcessContext context, Consumer<String> complaints, boolean oneLine) {
    if (json) {
      return Printer.json(context.clock().get(), pretty);
    }
    if (isForPeople(context)) {
      return Printer.screen(
          palette(context),
          new Printer.Look(time, pretty, oneLine),
          time ? context.clock().get() : null);
    }
    return byContract(context, complaints, oneLine);
  }

  /** Returns standard output, coloured or not. */
  public Terminal terminal(ProcessContext context) {
    return colour.out(context);
  }

  private boolean isColoured(ProcessContext context) {
    return terminal(context).isColoured();
  }

  private Palette palette(ProcessContext context) {
    return isColoured(context) ? ColourOption.palette(terminal(context)) : Palette.NONE;
  }

  private Printer byContract(ProcessContext context, Consumer<String> complaints, boolean oneLine) {
    // Without a format nobody asks for the time, and its classes stay unloaded.
    Clock clock = format == null ? null : context.clock().get();
    Printer.Style style = new Printer.Style(format, verbose, noNewline, pretty);
    try {
      return isForTerminal(context)
          ? Printer.shown(style, palette(context), oneLine, clock, complaints)
          : Printer.of(style, clock, complaints);
    } catch (FormatException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
