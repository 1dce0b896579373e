package dev.midge.cli;

import dev.midge.format.FormatException;
import dev.midge.format.Printer;
import picocli.CommandLine.Model.CommandSpec;

/** How received messages are printed. */
final class OutputOptions {
  private String format;
  private boolean verbose;
  private boolean noNewline;
  private boolean pretty;

  void addTo(CommandSpec spec) {
    spec.addOption(
            Option.flag(
                "Print the topic before each payload.", () -> verbose = true, "-v", "--verbose"))
        .addOption(
            Option.value(
                "FORMAT",
                "no format",
                "Print by this template: %%t topic, %%p payload, %%q QoS, %%r retained, %%j JSON and many more.",
                word -> format = word,
                "-F",
                "--format"))
        .addOption(Option.flag("Indent the JSON of %%j and %%J.", () -> pretty = true, "--pretty"))
        .addOption(
            Option.flag(
                "Print no newline after each message.",
                () -> noNewline = true,
                "-N",
                "--no-newline"));
  }

  Printer toPrinter(Surroundings surroundings, Talk talk) {
    try {
      // Without a format nobody asks for the time, and its classes stay unloaded.
      return Printer.of(
          new Printer.Style(format, verbose, noNewline, pretty),
          format == null ? null : surroundings.clock().get(),
          talk::warning);
    } catch (FormatException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
