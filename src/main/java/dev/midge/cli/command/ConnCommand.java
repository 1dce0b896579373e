package dev.midge.cli.command;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.DebugLines;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.expect.ReadyOptions;
import dev.midge.cli.expect.RetryOptions;
import dev.midge.cli.failure.ConnectAttempt;
import dev.midge.cli.failure.FailureReporter;
import dev.midge.cli.fleet.ConnFleet;
import dev.midge.cli.fleet.DeviceReport;
import dev.midge.cli.fleet.FleetOptions;
import dev.midge.cli.fleet.FleetSetting;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.cli.options.FaultOptions;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.TimeoutArgument;
import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.StopSignal;
import dev.midge.client.job.JobResult;
import dev.midge.client.job.StayConnectedJob;
import dev.midge.fault.Fault;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Connack;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code midge conn}: be a connected client, with a will perhaps, until something ends it. */
final class ConnCommand implements Command {
  private static final int RECEIVE_MAXIMUM = 20;

  private final ProcessContext context;
  private final ConnectOptions connect;
  private final FaultOptions fault = new FaultOptions();
  private final ReadyOptions ready =
      new ReadyOptions("once CONNACK has come (with --count: for each client)");
  private final RetryOptions retry = new RetryOptions("never");
  private final ConsoleOptions consoleOptions = new ConsoleOptions(MidgeCompatibility.INSTANCE);
  private @Nullable Duration stay;
  private @Nullable ConnJsonEvents json;
  private @Nullable FleetOptions fleet;
  private boolean jsonWanted;

  ConnCommand(ProcessContext context) {
    this.context = context;
    this.connect = new ConnectOptions(context);
    connect.limitTimeByDefault();
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable(
            "Connect to an MQTT broker and stay connected. -W, Ctrl-C and SIGTERM end the connection with DISCONNECT, so that no will is published; a --fault ends it otherwise.");
    table
        .under(OptionGroup.END)
        .add(
            Option.value(
                "SECONDS",
                "no timeout",
                "Disconnect after that time, with status 0; fractions are allowed.",
                word -> stay = TimeoutArgument.parse(word, MidgeCompatibility.INSTANCE),
                "-W",
                "--timeout"));
    table
        .under(OptionGroup.OUTPUT)
        .add(
            Option.flag(
                "Report the connection, faults and the end on standard output, one JSON object per line.",
                () -> jsonWanted = true,
                "--json"));
    connect.addTo(table);
    connect.addUrlTo(table, null);
    table.later(ready).later(retry).later(fault);
    return table.later(consoleOptions).later(this::addFleetTo);
  }

  private void addFleetTo(OptionTable table) {
    fleet = FleetOptions.ofConn();
    fleet.addTo(table);
  }

  @Override
  public ConnectOptions connection() {
    return connect;
  }

  @Override
  public boolean isQuiet() {
    return consoleOptions.quiet();
  }

  @Override
  public boolean isDebugging() {
    return consoleOptions.debug();
  }

  @Override
  public ConnectAttempt attempt() {
    return connect.attempt();
  }

  @Override
  public boolean isJson() {
    return jsonWanted;
  }

  @Override
  public Terminal terminal() {
    return Terminal.ofOut(context);
  }

  @Override
  public int run(StandardOutput out) throws Exception {
    FleetOptions many = fleet != null && fleet.isGiven() ? fleet : null;
    if (many != null) {
      connect.ofFleet(many.name());
    }
    connect.check();
    ready.prepare();
    ConnectSpec spec =
        retry.toSpec(connect.toSpec(fault, null, RECEIVE_MAXIMUM), connect.timeout());
    StopSignal stop = context.stop().get();
    json = jsonWanted ? new ConnJsonEvents(out, context.clock().get()) : null;
    Runnable connected = many == null ? () -> ready.signal(out::failed) : () -> {};
    ClientConsole console = console(spec, out, consoleOptions.quiet(), connected);
    console.endWith(out, true);
    console.begin(this, connect, spec);
    if (many != null) {
      return new ConnFleet(spec, many, new EachClient(out, many).setting(console)).run(stay, stop);
    }
    StayConnectedJob job = new StayConnectedJob(spec, stay, console, stop);
    JobResult result = stayed(job, console);
    if (json != null) {
      json.ended(result);
    }
    if (result == JobResult.DONE) {
      console.warning(farewell(spec));
    } else if (result == JobResult.NOT_CONNECTED) {
      console.warning("Ended without DISCONNECT: the connection was lost and not made again yet.");
    }
    return console.status(result, spec.faults());
  }

  private static String farewell(ConnectSpec spec) {
    int reason = spec.disconnectReason(ReasonCode.NORMAL_DISCONNECTION);
    if (reason != ReasonCode.NORMAL_DISCONNECTION) { // [MQTT-3.14.4-3]
      return String.format("Disconnected by DISCONNECT 0x%02X", reason)
          + (spec.will() == null ? "." : ", after which the broker must publish the will.");
    }
    return spec.will() == null
        ? "Disconnected by DISCONNECT."
        : "Disconnected by DISCONNECT, so the broker discards the will.";
  }

  /** Runs the job; a failure goes on to {@link FailureReporter}. */
  private JobResult stayed(StayConnectedJob job, ClientConsole console) throws Exception {
    try {
      return connect.timeout().limit(job::run, console);
    } catch (ConnectionFailure failure) {
      if (json != null) {
        json.failed(failure);
      }
      throw failure;
    }
  }

  /** Tells of each client what is told of one alone; a single client does not load it. */
  private final class EachClient implements DeviceReport {
    private final StandardOutput out;
    private final boolean each;

    EachClient(StandardOutput out, FleetOptions many) {
      this.out = out;
      this.each = many.verbose() || consoleOptions.debug();
    }

    FleetSetting setting(ClientConsole console) {
      return new FleetSetting(
          context,
          "conn",
          connect.place(),
          connect.timeout(),
          ConnCommand.this::failed,
          each || jsonWanted ? this : DeviceReport.NONE,
          each,
          () -> ready.signal(out::failed),
          console::warning,
          console.outputFailed(),
          false);
    }

    @Override
    public ClientEvents events(ConnectSpec spec) {
      return console(spec, out, !each || consoleOptions.quiet(), () -> {});
    }

    @Override
    public void ended(ConnectSpec spec, JobResult how) {
      if (json != null) {
        json.ended(how, spec.clientId());
      }
    }

    @Override
    public void failed(ConnectSpec spec, ConnectionFailure why) {
      if (json != null) {
        json.failed(why, spec.clientId());
      }
    }
  }

  private ClientConsole console(
      ConnectSpec spec, StandardOutput out, boolean quiet, Runnable connected) {
    PrintStream err = context.err();
    DebugLines debug =
        consoleOptions.debug()
            ? new DebugLines(
                jsonWanted ? err : out, MidgeCompatibility.INSTANCE, spec.clientId(), false)
            : null;
    return new DetailedClientConsole(err, MidgeCompatibility.INSTANCE, quiet, debug, spec, null) {
      @Override
      public void connected(Connack connack, String clientId) {
        super.connected(connack, clientId);
        connected.run();
        if (json != null) {
          json.connected(connack, clientId, spec);
        }
        warning(
            "Connected to "
                + connect.place()
                + (clientId.isEmpty() ? "" : " as " + clientId)
                + " (MQTT "
                + spec.version().number()
                + (spec.will() == null
                    ? ", no will)"
                    : ", will on " + spec.will().message().topic() + ")"));
      }

      @Override
      public void struck(Fault happened, FaultEvent event) {
        super.struck(happened, event);
        if (json != null) {
          json.struck(event);
        }
      }
    };
  }
}
