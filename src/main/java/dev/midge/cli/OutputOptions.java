package dev.midge.cli;

import dev.midge.format.FormatException;
import dev.midge.format.Printer;
import java.time.Clock;

/** How received messages are printed. */
final class OutputOptions {
  private String format;
  private boolean verbose;
  private boolean noNewline;
  private boolean pretty;

  void addTo(OptionTable table) {
    table
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
        .add(Option.flag("Indent the JSON of %%j and %%J.", () -> pretty = true, "--pretty"))
        .add(
            Option.flag(
                "Print no newline after each message.",
                () -> noNewline = true,
                "-N",
                "--no-newline"));
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

  Printer toPrinter(Surroundings surroundings, Talk talk) {
    // Without a format nobody asks for the time, and its classes stay unloaded.
    Clock clock = format == null ? null : surroundings.clock().get();
    try {
      return Printer.of(
          new Printer.Style(format, verbose, noNewline, pretty), clock, talk::complain);
    } catch (FormatException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
