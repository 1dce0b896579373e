package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.broker.BrokerLine;
import dev.midge.cli.broker.BrokerRuns;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.parse.OptionTable;
import java.io.IOException;

/** {@code midge broker}: the mini broker, for this machine only unless the user says otherwise. */
final class BrokerCommand implements Command {
  private final ProcessContext context;
  private final Compatibility compatibility;
  private final BrokerLine line;

  BrokerCommand(ProcessContext context, Compatibility compatibility) {
    this.context = context;
    this.compatibility = compatibility;
    this.line = new BrokerLine(compatibility);
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable(
            "Run the mini broker on this machine's loopback addresses, until Ctrl-C or SIGTERM.");
    line.addTo(table);
    return table;
  }

  @Override
  public int usageStatus() {
    return ExitCode.BROKER_USAGE;
  }

  @Override
  public String[] helpNames() {
    return new String[] {"-h", "--help"};
  }

  @Override
  public boolean isQuiet() {
    return line.isQuiet();
  }

  @Override
  public Terminal terminal() {
    return line.colour().out(context);
  }

  @Override
  public int run(StandardOutput out) throws IOException {
    return BrokerRuns.run(context, compatibility, line);
  }
}
