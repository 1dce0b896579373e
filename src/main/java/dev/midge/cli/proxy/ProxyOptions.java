package dev.midge.cli.proxy;

import dev.midge.cli.Compatibility;
import dev.midge.cli.DefaultPorts;
import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.BatchedOutput;
import dev.midge.cli.options.ColourOption;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The options of {@code midge proxy}. */
public final class ProxyOptions implements OptionTable.Source {
  private final Compatibility compatibility = MidgeCompatibility.INSTANCE;
  private final BrokersOptions brokers;
  private final ProxyFaultOptions faults = new ProxyFaultOptions();
  private final ColourOption colour = new ColourOption();
  private int port = DefaultPorts.MQTT;
  private @Nullable String bind;
  private boolean json;
  private boolean quiet;

  /** Makes them; the context has somebody to ask for the passphrase of a key. */
  public ProxyOptions(ProcessContext context) {
    brokers = new BrokersOptions(context.prompt());
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.LISTENER)
        .add(
            Option.value(
                    "PORT",
                    "no port",
                    "Port to listen on (default: 1883); 0 takes a free one and prints it as the first line"
                        + " of standard output.",
                    word ->
                        port =
                            compatibility.number(
                                word,
                                compatibility.leastListeningPort(),
                                65535,
                                "Error: Invalid port specified ({}).",
                                ""),
                    "-p",
                    "--port")
                .own())
        .add(
            Option.value(
                    "ADDRESS",
                    "no address",
                    "Listen on this address of the machine, not on the loopback addresses; 0.0.0.0 or"
                        + " :: for all.",
                    word -> bind = word,
                    "--bind")
                .own())
        .under(OptionGroup.OUTPUT)
        .add(
            Option.flag("Print packets as JSON, one object a line.", () -> json = true, "--json")
                .own())
        .add(
            Option.flag("Print neither packets nor events.", () -> quiet = true, "-q", "--quiet")
                .own());
    colour.addTo(table);
    brokers.addTo(table);
    faults.addTo(table);
  }

  int port() {
    return port;
  }

  @Nullable String bind() {
    return bind;
  }

  BrokersOptions brokers() {
    return brokers;
  }

  ProxyFaultOptions faults() {
    return faults;
  }

  public ColourOption colour() {
    return colour;
  }

  public boolean isQuiet() {
    return quiet;
  }

  public boolean isJson() {
    return json;
  }

  @Nullable PacketPrinter printer(
      BatchedOutput out, ProcessContext context, Clock clock, WallTime time) {
    if (quiet) {
      return null;
    }
    return json ? new JsonPrinter(out, clock) : new LinePrinter(out, colour.out(context), time);
  }
}
