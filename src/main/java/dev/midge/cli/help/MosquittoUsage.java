package dev.midge.cli.help;

import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.PicocliModel;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** The usage text under one of mosquitto's names, where an argument is a word of its own. */
public final class MosquittoUsage {
  private MosquittoUsage() {}

  /** Returns the text, which ends in a line end. */
  public static String of(OptionTable table, String program) {
    CommandSpec spec = PicocliModel.of(table, program);
    spec.usageMessage().abbreviateSynopsis(true);
    spec.parser().separator(" ");
    return new CommandLine(spec).getUsageMessage(Ansi.OFF);
  }
}
