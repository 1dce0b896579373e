package dev.midge.cli;

import dev.midge.format.FormatException;
import dev.midge.format.Printer;
import picocli.CommandLine.Model.CommandSpec;

/** How received messages are printed. */
final class OutputOptions {
  private final Printer.Style style = new Printer.Style();

  void addTo(CommandSpec spec) {
    spec.addOption(
            Option.flag(
                "Print the topic before each payload.",
                () -> style.verbose = true,
                "-v",
                "--verbose"))
        .addOption(
            Option.value(
                "FORMAT",
                "no format",
                "Print by this template: %%t topic, %%p payload, %%q QoS, %%r retained, %%j JSON and many more.",
                word -> style.format = word,
                "-F",
                "--format"))
        .addOption(
            Option.flag("Indent the JSON of %%j and %%J.", () -> style.pretty = true, "--pretty"))
        .addOption(
            Option.flag(
                "Print no newline after each message.",
                () -> style.noNewline = true,
                "-N",
                "--no-newline"));
  }

  Printer toPrinter(Surroundings surroundings, Talk talk) {
    try {
      return Printer.of(style, surroundings.clock().get(), talk::warning);
    } catch (FormatException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
