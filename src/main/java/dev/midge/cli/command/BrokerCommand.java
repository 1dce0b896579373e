package dev.midge.cli.command;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.BrokerEvent;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.Limits;
import dev.midge.cli.Compatibility;
import dev.midge.cli.DefaultPorts;
import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.BrokerLog;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.control.BrokerTarget;
import dev.midge.cli.control.ControlDesk;
import dev.midge.cli.fault.FaultPlanOptions;
import dev.midge.cli.options.ColourOption;
import dev.midge.cli.options.ControlOptions;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.StopSignal;
import dev.midge.control.ControlTarget;
import dev.midge.control.LogLine;
import dev.midge.fault.FaultSide;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.text.TerminalEscapes;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code midge broker}: the mini broker, for this machine only unless the user says otherwise. */
final class BrokerCommand implements Command {
  private static final int MOST_PORTS = 10;
  private static final int LEAST_PACKET = 20;

  /** A remaining length of four bytes, with its fixed header. */
  private static final int LARGEST_PACKET = 268_435_460;

  private final ProcessContext context;
  private final Compatibility compatibility;
  private final List<Integer> ports = new ArrayList<>();
  private final ColourOption colour = new ColourOption();
  private final ControlOptions control = new ControlOptions();
  private final FaultPlanOptions faults = new FaultPlanOptions(FaultSide.BROKER);
  private @Nullable String bindAddress;
  private Limits limits = Limits.DEFAULT;
  private boolean verbose;
  private boolean quiet;

  BrokerCommand(ProcessContext context, Compatibility compatibility) {
    this.context = context;
    this.compatibility = compatibility;
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable(
            "Run the mini broker on this machine's loopback addresses, until Ctrl-C or SIGTERM.");
    table
        .under(OptionGroup.LISTENER)
        .add(
            Option.value(
                "PORT",
                "Error: -p argument given, but no port specified.",
                "Port to listen on (default: 1883), up to ten times; 0 takes a free one and prints"
                    + " it on standard output.",
                this::port,
                "-p",
                "--port"))
        .add(
            Option.value(
                    "ADDRESS",
                    "no address",
                    "Listen on this address of the machine, not on the loopback addresses; 0.0.0.0 or"
                        + " '::' for all. Whoever reaches it can connect.",
                    word -> bindAddress = word,
                    "--bind")
                .own())
        .add(
            Option.value(
                    "BYTES",
                    "no size",
                    "The largest packet that is taken from a client (default: 2000000).",
                    this::maxPacketSize,
                    "--max-packet-size")
                .own())
        .under(OptionGroup.OUTPUT)
        .add(Option.flag("Log every packet too.", () -> verbose = true, "-v", "--verbose"))
        .add(Option.flag("Log nothing.", () -> quiet = true, "-q", "--quiet"))
        .under(OptionGroup.UNSUPPORTED)
        .add(
            Option.value(
                "FILE",
                "Error: -c argument given, but no config file specified.",
                "A configuration file; not yet.",
                file -> refuse("Error: A configuration file (-c) is not supported yet."),
                "-c",
                "--config-file"))
        .add(
            Option.flag(
                "Check the configuration file; not yet.",
                () ->
                    refuse(
                        "Error: --test-config is not supported yet: there is no configuration"
                            + " file."),
                "--test-config"))
        .add(
            Option.flag(
                "A JVM cannot become a daemon by itself.",
                () -> refuse("Error: -d is not supported: a JVM cannot become a daemon by itself."),
                "-d",
                "--daemon"));
    table.later(colour);
    table.later(control);
    table.later(faults);
    return table;
  }

  private static void refuse(String line) {
    throw new UsageException(line);
  }

  private void port(String word) {
    if (ports.size() == MOST_PORTS) {
      throw new UsageException("Error: Only 10 ports can be given.");
    }
    ports.add(
        compatibility.number(
            word,
            compatibility.leastListeningPort(),
            65535,
            "Error: Invalid port specified ({}).",
            ""));
  }

  private void maxPacketSize(String word) {
    int bytes =
        compatibility.number(
            word,
            LEAST_PACKET,
            LARGEST_PACKET,
            "Error: Invalid packet size ({}).",
            ", it is a number of bytes from 20 to 268435460.");
    limits = Limits.builder().maxPacketSize(bytes).build();
  }

  private BrokerConfig config(List<Integer> listen, Consumer<BrokerEvent> log) {
    FaultPlan plan = faults.toPlan(event -> log.accept(told(event)), context.err()::println);
    if (plan.isRandom() && !quiet) {
      String seed = String.valueOf(plan.seed());
      context.err().println("Fault seed " + seed + ": --fault-seed " + seed + " repeats this run.");
    }
    List<ListenerSpec> listeners = new ArrayList<>();
    if (bindAddress != null) {
      listen.forEach(port -> listeners.add(ListenerSpec.tcp(port).on(bindAddress)));
    }
    List<Integer> local = bindAddress == null ? listen : List.of();
    return new BrokerConfig(local, log, verbose && !quiet, limits, listeners).withFaults(plan);
  }

  private static BrokerEvent told(FaultEvent fault) {
    return new BrokerEvent(
        Instant.now(),
        BrokerEvent.Level.NOTICE,
        BrokerEvent.Kind.FAULT,
        TerminalEscapes.forLog(fault.line()));
  }

  /** Says who can connect, for there are no passwords. */
  private void warnOfStrangers() throws UnknownHostException {
    if (bindAddress != null && !quiet && !InetAddress.getByName(bindAddress).isLoopbackAddress()) {
      context
          .err()
          .println(
              "Warning: anybody who reaches "
                  + compatibility.escaped(bindAddress)
                  + " can connect, publish and read: there are no passwords.");
    }
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
    return quiet;
  }

  @Override
  public Terminal terminal() {
    return colour.out(context);
  }

  private BrokerLog.Reader reader() {
    return context.errIsTerminal() && compatibility.laysOutForPeople()
        ? BrokerLog.Reader.PERSON
        : BrokerLog.Reader.SCRIPT;
  }

  @Override
  public int run(StandardOutput out) throws Exception {
    try (ControlDesk desk = new ControlDesk(context, control, compatibility.hasOwnNames())) {
      return run(desk);
    }
  }

  private int run(ControlDesk desk) throws Exception {
    boolean printPort = ports.contains(0);
    List<Integer> listen = ports.isEmpty() ? List.of(DefaultPorts.MQTT) : ports;
    BrokerLog log = new BrokerLog(desk.err(), colour.err(context), reader());
    BrokerConfig config = config(listen, logged(log, desk));
    // Before the port opens: from then on a signal must find its handler.
    var stop = context.stop().get();
    context.others().tell(signal -> said(log, signal));
    Broker started;
    try {
      warnOfStrangers();
      started = Broker.start(config);
    } catch (UnknownHostException e) {
      context
          .err()
          .println(
              "Error: --bind "
                  + compatibility.escaped(String.valueOf(bindAddress))
                  + " is neither an address nor a known name.");
      return ExitCode.FAILED;
    } catch (IOException e) {
      context.err().println("Error: " + e.getMessage());
      return ExitCode.FAILED;
    }
    try (Broker broker = started) {
      desk.open(broker.ports(), () -> target(broker, stop), line -> warn(desk.err(), line));
      if (printPort) {
        context.out().write((broker.port() + "\n").getBytes(StandardCharsets.US_ASCII));
        context.out().flush();
      }
      CompletableFuture.anyOf(stop.requested(), broker.failure()).join();
      desk.leave();
      if (broker.failure().isDone()) {
        if (quiet) {
          desk.err().println("Error: the broker has failed: " + broker.failure().join());
        } // else its log has said so
        return ExitCode.FAILED;
      }
    }
    return ExitCode.OK;
  }

  private Consumer<BrokerEvent> logged(BrokerLog log, ControlDesk desk) {
    Consumer<BrokerEvent> shown = quiet ? event -> {} : log::event;
    return desk.isOn()
        ? event -> {
          String level = event.level().name().toLowerCase(Locale.ROOT);
          desk.keep(new LogLine(event.at(), level, event.text()));
          shown.accept(event);
        }
        : shown;
  }

  private void warn(PrintStream err, String line) {
    if (!quiet) {
      err.println(compatibility.escaped(line));
    }
  }

  private static ControlTarget target(Broker broker, StopSignal stop) {
    return new BrokerTarget(broker.inspector(), broker.faults(), broker::inject, stop::request);
  }

  /** Logs a signal that tells mosquitto to read its configuration again, to save or to list. */
  private void said(BrokerLog log, String signal) {
    if (!quiet) {
      String text =
          signal.equals("SIGHUP")
              ? "SIGHUP: there is no configuration to read again."
              : signal + ": there is nothing to do for it.";
      log.event(
          new BrokerEvent(
              Instant.now(), BrokerEvent.Level.INFORMATION, BrokerEvent.Kind.BROKER, text));
    }
  }
}
