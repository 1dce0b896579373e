package dev.midge.cli;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code midge broker}: the mini broker, for this machine only. */
final class BrokerCommand implements Command {
  private static final int MOST_PORTS = 10;

  private final Surroundings surroundings;
  private final List<Integer> ports = new ArrayList<>();
  private boolean verbose;
  private boolean quiet;

  BrokerCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("midge broker");
    spec.usageMessage()
        .description(
            "Run the mini broker on this machine's loopback addresses, until Ctrl-C or SIGTERM.");
    spec.addOption(
            Option.value(
                "PORT",
                "no port",
                "Port to listen on (default: 1883), up to ten times; 0 takes a free one and prints it on standard"
                    + " output.",
                this::port,
                "-p",
                "--port"))
        .addOption(Option.flag("Log every packet too.", () -> verbose = true, "-v", "--verbose"))
        .addOption(Option.flag("Log nothing.", () -> quiet = true, "-q", "--quiet"));
    return spec;
  }

  private void port(String word) {
    if (ports.size() == MOST_PORTS) {
      throw new UsageException("Error: Only 10 ports can be given.");
    }
    ports.add(Option.number(word, 0, 65535, "Error: Invalid port specified (" + word + ")."));
  }

  @Override
  public int usageStatus() {
    return ExitCode.BROKER_USAGE;
  }

  @Override
  public int run() throws Exception {
    boolean printPort = ports.contains(0);
    List<Integer> listen = ports.isEmpty() ? List.of(ConnectOptions.DEFAULT_PORT) : ports;
    BrokerLog log = new BrokerLog(surroundings.err(), Terminal.ofErr(surroundings));
    BrokerConfig config =
        new BrokerConfig(listen, quiet ? event -> {} : log::event, verbose && !quiet);
    // Before the port opens: from then on a signal must find its handler.
    var stop = surroundings.stop().get();
    try (Broker broker = Broker.start(config)) {
      if (printPort) {
        surroundings.out().write((broker.port() + "\n").getBytes(StandardCharsets.US_ASCII));
        surroundings.out().flush();
      }
      stop.requested().join();
    } catch (IOException e) {
      surroundings.err().println("Error: " + e.getMessage());
      return ExitCode.FAILED;
    }
    return ExitCode.OK;
  }
}
