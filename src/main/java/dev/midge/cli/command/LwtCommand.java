package dev.midge.cli.command;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.cli.ExitCode;
import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.ProgramVersion;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.console.TerminalWidth;
import dev.midge.cli.drill.AgainstOptions;
import dev.midge.cli.drill.DrillBroker;
import dev.midge.cli.drill.DrillCommandLine;
import dev.midge.cli.drill.DrillNetwork;
import dev.midge.cli.drill.DrillOptions;
import dev.midge.cli.drill.DrillOutputOptions;
import dev.midge.cli.drill.DrillProgress;
import dev.midge.cli.drill.DrillResultPrinter;
import dev.midge.cli.drill.DrillRun;
import dev.midge.cli.drill.ResultFile;
import dev.midge.cli.failure.ConnectAttempt;
import dev.midge.cli.failure.FailureReporter;
import dev.midge.cli.options.ColourOption;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.StopSignal;
import dev.midge.lwt.DrillRefused;
import dev.midge.lwt.DrillResult;
import dev.midge.lwt.DrillSpec;
import dev.midge.lwt.report.Examination;
import dev.midge.lwt.row.DrillListener;
import dev.midge.lwt.row.Row;
import dev.midge.mqtt.Properties;
import dev.midge.net.Endpoint;
import dev.midge.text.TerminalEscapes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code midge lwt}: the Last Will drill, on the mini broker inside or on the user's. */
final class LwtCommand implements Command {
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

  private final ProcessContext context;
  private final ConnectOptions connect;
  private final DrillOptions options = new DrillOptions();
  private final AgainstOptions against = new AgainstOptions();
  private final DrillOutputOptions output = new DrillOutputOptions();
  private final ColourOption colour = new ColourOption();

  private @Nullable ClientConsole console;
  private @Nullable DrillBroker broker;
  private @Nullable DrillRun current;
  private int failure;
  private final List<ConnectionFailure> reported = new ArrayList<>();

  LwtCommand(ProcessContext context) {
    this.context = context;
    this.connect = new ConnectOptions(context);
    connect.timeout().limitByDefault(USUAL_TIMEOUT);
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable(
            "Run the Last Will drill: clients with a will end their connections in every way there is, and a watcher checks what the broker does with the wills. Without -h and -p the drill examines the mini broker, which it starts itself; with them, your broker.");
    connect.addBrokerTo(table);
    connect.addUrlTo(table, null);
    connect.addTimeoutAndEngineTo(table);
    return table.later(options).later(against).later(output).later(colour);
  }

  @Override
  public ConnectOptions connection() {
    return connect;
  }

  @Override
  public boolean namesBroker() {
    return connect.isPlaceGiven() || against.isGiven();
  }

  /** Returns false: wills are published, so a broker is examined only if this run names it. */
  @Override
  public boolean takesDefaultContext() {
    return false;
  }

  @Override
  public boolean isJson() {
    return output.isJson();
  }

  /** Returns the broker at hand; null for the mini broker, which needs no advice. */
  @Override
  public @Nullable ConnectAttempt attempt() {
    return broker == null || current == null || broker.embedded()
        ? null
        : broker.attempt(current.hasConnected());
  }

  @Override
  public Terminal terminal() {
    return colour.out(context);
  }

  @Override
  public int run(StandardOutput out) throws Exception {
    output.check(options.isList(), against.isGiven());
    if (against.isGiven() && connect.isPlaceGiven()) {
      throw DrillOutputOptions.contradiction(
          "--against and -h, -p, --unix, --ws or --context", "each --against names a whole broker");
    }
    List<Row> rows = options.rows();
    DrillResultPrinter printer = new DrillResultPrinter(context, output, colour);
    if (options.isList()) {
      printer.list(rows);
      return ExitCode.OK;
    }
    connect.checkCredentials();
    console = new ClientConsole(context.err(), MidgeCompatibility.INSTANCE, output.isQuiet(), null);
    console.explain(this);
    console.warnOfOpenFile(connect.openPasswordFile());
    List<String> warnings =
        against.isGiven() ? connect.warnings("--against", against.hasTls()) : connect.warnings();
    warnings.forEach(console::warning);
    StopSignal stop = context.stop().get();
    try (ResultFile junit = file(output.junit(), "--junit");
        ResultFile report = file(output.report(), "--report")) {
      List<Examination> all;
      try {
        all = examinations(rows, stop);
      } catch (ConnectionFailure | DrillRefused e) {
        // A build server must not read the result of the run before.
        try {
          printer.write(List.of(unexamined(rows, e)), junit, report);
        } catch (IOException unwritable) { // The first failure is told too, and decides.
          context
              .err()
              .println(
                  "Error: " + TerminalEscapes.escaped(String.valueOf(unwritable.getMessage())));
        }
        throw e;
      }
      printer.write(all, junit, report); // First: whoever reads standard output may have left.
      printer.print(all, against.isGiven());
      for (Examination examination : all) {
        printer.warn(examination, reported);
      }
      return status(all);
    } catch (DrillRefused e) {
      return refused(e, "");
    }
  }

  /** Opens a file of that name; returns null for no name. */
  private static @Nullable ResultFile file(@Nullable String name, String option) {
    return name == null ? null : ResultFile.open(name, option);
  }

  private List<Examination> examinations(List<Row> rows, StopSignal stop) throws Exception {
    if (against.isGiven()) {
      List<Examination> all = new ArrayList<>();
      for (DrillBroker each : against.brokers(connect, options.uniquePrefix())) {
        all.add(oneOfSeveral(each, rows, stop));
      }
      return all;
    }
    DrillProgress progress = progress(rows);
    if (connect.isBrokerGiven()) {
      return List.of(
          examined(
              DrillBroker.of(
                  connect.endpoint(),
                  connect,
                  connect.username(),
                  connect.password(),
                  options.uniquePrefix()),
              rows,
              progress,
              stop));
    }
    BrokerConfig config =
        new BrokerConfig(
            List.of(0), progress == null ? event -> {} : progress::broker, progress != null);
    try (Broker embedded = Broker.start(config)) {
      Endpoint endpoint = new Endpoint("127.0.0.1", embedded.port(), null);
      String prefix = options.prefix() == null ? "" : options.prefix();
      DrillBroker inside =
          new DrillBroker(
              endpoint, connect.version(), connect.username(), connect.password(), prefix, true);
      return List.of(examined(inside, rows, progress, stop));
    }
  }

  /** Returns the progress on the terminal; null where no person reads it. */
  private @Nullable DrillProgress progress(List<Row> rows) {
    return output.isQuiet() || !context.errIsTerminal()
        ? null
        : new DrillProgress(
            context.err(),
            colour.err(context),
            Math.min(TerminalWidth.USUAL, TerminalWidth.of(context, true)),
            !"dumb".equals(context.environment().get("TERM")));
  }

  /** Examines one of several brokers; a failure does not keep the others from it. */
  private Examination oneOfSeveral(DrillBroker each, List<Row> rows, StopSignal stop)
      throws InterruptedException {
    if (stop.isRequested()) {
      return examination(each, unexamined(rows, "interrupted", null, null), true);
    }
    DrillProgress progress = progress(rows);
    if (progress != null) {
      progress.title(each.name());
    }
    try {
      return examined(each, rows, progress, stop);
    } catch (ConnectionFailure e) {
      noteStatus(
          new FailureReporter(context, MidgeCompatibility.INSTANCE, "lwt", failed()).report(e));
      reported.add(e);
      return unexamined(rows, e);
    } catch (DrillRefused e) {
      noteStatus(refused(e, each.name() + ": "));
      return unexamined(rows, e);
    }
  }

  /** Returns the examination that a failure has kept from beginning. */
  private Examination unexamined(List<Row> rows, Exception why) {
    DrillBroker each = Objects.requireNonNull(broker); // It was tried.
    if (why instanceof ConnectionFailure failed) {
      boolean connected = current != null && current.hasConnected();
      return examination(
          each, unexamined(rows, connected ? "no answer" : "not connected", failed, null), false);
    }
    String refusal = String.valueOf(why.getMessage());
    return examination(each, unexamined(rows, refusal, null, refusal), false);
  }

  private void noteStatus(int status) {
    failure = failure == ExitCode.OK ? status : failure;
  }

  private int refused(DrillRefused refusal, String broker) {
    context.err().println("Error: " + TerminalEscapes.escaped(broker + refusal.getMessage()));
    return refusal.code();
  }

  private Examination examined(
      DrillBroker each, List<Row> rows, @Nullable DrillProgress progress, StopSignal stop)
      throws ConnectionFailure, DrillRefused, InterruptedException {
    boolean wantsVersion =
        !each.embedded() && (isJson() || output.report() != null || against.isGiven());
    broker = each;
    try (DrillNetwork network =
        options.hasProxyFaults() ? DrillNetwork.before(each.endpoint()) : null) {
      DrillSpec spec =
          new DrillSpec(rows, options.times(), options.patience(), wantsVersion, network);
      return examined(each, rows, spec, progress, stop);
    }
  }

  private Examination examined(
      DrillBroker each,
      List<Row> rows,
      DrillSpec spec,
      @Nullable DrillProgress progress,
      StopSignal stop)
      throws ConnectionFailure, DrillRefused, InterruptedException {
    DrillRun run =
        new DrillRun(
            each.target(connect.timeout().limit(), connect.engine()),
            spec,
            progress == null ? DrillListener.NONE : progress,
            stop,
            connect.timeout(),
            Objects.requireNonNull(console)); // Made before.
    current = run;
    try {
      DrillResult result = run.play();
      boolean interrupted = stop.isRequested();
      return examination(
          each, result == null ? unexamined(rows, "interrupted", null, null) : result, interrupted);
    } finally {
      if (progress != null) {
        progress.end();
      }
    }
  }

  private static DrillResult unexamined(
      List<Row> rows, String reason, @Nullable ConnectionFailure lost, @Nullable String refused) {
    return new DrillResult(
        Examination.unexamined(rows, reason), null, Properties.NONE, lost, refused, List.of());
  }

  private Examination examination(DrillBroker each, DrillResult result, boolean interrupted) {
    return new Examination(
        each.subject(
            DrillCommandLine.of(
                each,
                connect.engine(),
                options.hasProxyFaults(),
                options.prefix(),
                options.patience())),
        context.clock().get().instant(),
        "midge " + ProgramVersion.text(),
        result,
        options.isStrict(),
        options.times(),
        interrupted,
        connect.engine());
  }

  private int status(List<Examination> all) {
    boolean well = true;
    boolean lost = false;
    for (Examination examination : all) {
      if (examination.interrupted()) {
        return ExitCode.INTERRUPTED;
      }
      well &= examination.isWell();
      lost |= examination.result().lost() != null;
    }
    if (failure != ExitCode.OK) {
      return failure;
    }
    return lost ? ExitCode.CONNECTION_LOST : well ? ExitCode.OK : ExitCode.FAILED;
  }
}
