package dev.midge.cli.command;

import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.proxy.ProxyOptions;
import dev.midge.cli.proxy.ProxyRun;
import java.io.IOException;

/** {@code midge proxy}: stands between clients and brokers, shows packets, makes faults happen. */
final class ProxyCommand implements Command {
  private final ProcessContext context;
  private final ProxyOptions options;

  ProxyCommand(ProcessContext context) {
    this.context = context;
    this.options = new ProxyOptions(context);
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable(
            "Stand between clients and a broker, show every packet, and make faults happen, until Ctrl-C or SIGTERM.");
    options.addTo(table);
    return table;
  }

  @Override
  public String[] helpNames() {
    return new String[] {"-h", "--help"};
  }

  @Override
  public boolean isQuiet() {
    return options.isQuiet();
  }

  @Override
  public boolean isJson() {
    return options.isJson();
  }

  @Override
  public Terminal terminal() {
    return options.colour().out(context);
  }

  @Override
  public int run(StandardOutput out) throws IOException {
    return new ProxyRun(context, options).run(out);
  }
}
