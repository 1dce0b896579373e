package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.BatchedOutput;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.exec.ExecOptions;
import dev.midge.cli.expect.WaitOptions;
import dev.midge.cli.failure.ConnectAttempt;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.cli.options.DisplayOptions;
import dev.midge.cli.options.FaultOptions;
import dev.midge.cli.options.OutputOptions;
import dev.midge.cli.options.RetainedOptions;
import dev.midge.cli.options.SelectionOptions;
import dev.midge.cli.options.StrictOption;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.TimeoutArgument;
import dev.midge.cli.parse.TopicArgument;
import dev.midge.cli.view.ReceivedViews;
import dev.midge.client.ConnectSpec;
import dev.midge.client.StopSignal;
import dev.midge.client.job.JobResult;
import dev.midge.client.job.MessageSink;
import dev.midge.client.job.Selection;
import dev.midge.client.job.SubscribeJob;
import dev.midge.client.job.SubscribeSpec;
import dev.midge.format.Printer;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code midge sub}: print the messages of topics. */
final class SubCommand implements Command {
  private static final int RECEIVE_MAXIMUM = 20;

  private final ProcessContext context;
  private final Compatibility compatibility;
  private final ConnectOptions connect;
  private final FaultOptions fault = new FaultOptions();
  private final StrictOption strict =
      new StrictOption(
          "End with status 50 if the broker refuses a subscription or grants it a lower QoS, and with 53 if a message cannot be decoded or does not fit the schema.");
  private final WaitOptions wait = new WaitOptions();
  private final ConsoleOptions consoleOptions;
  private final OutputOptions output;
  private final RetainedOptions retained = new RetainedOptions();
  private final SelectionOptions selection;
  private final DisplayOptions display;
  private final ReceivedViews views = ReceivedViews.ofMany();
  private final ExecOptions exec;
  private final List<String> filters = new ArrayList<>();
  private final List<String> unsubscriptions = new ArrayList<>();
  private Qos qos = Qos.AT_MOST_ONCE;
  private boolean endAfterSuback;
  private @Nullable Duration timeout;

  SubCommand(ProcessContext context, Compatibility compatibility) {
    this.context = context;
    this.compatibility = compatibility;
    this.consoleOptions = new ConsoleOptions(compatibility);
    this.connect =
        new ConnectOptions(
            context, compatibility, false, "Error: Invalid id and/or clean_session.");
    this.output = new OutputOptions(compatibility);
    this.selection = new SelectionOptions(compatibility);
    this.display = new DisplayOptions(compatibility);
    this.exec =
        new ExecOptions(
            compatibility,
            "Run this line of shell for each message: the payload (with --json the message as JSON) is its standard input; MQTT_TOPIC, MQTT_QOS and more are in its environment.");
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable("Subscribe to topics of an MQTT broker and print the messages.");
    table
        .under(OptionGroup.TOPICS)
        .add(
            Option.value(
                "FILTER",
                "no topic",
                "Topic filter to subscribe to; may be repeated.",
                word -> filter(word, "-t"),
                "-t",
                "--topic"))
        .add(
            Option.value(
                "FILTER",
                "no unsubscribe topic",
                "Topic filter to unsubscribe from; may be repeated.",
                word -> unsubscriptions.add(TopicArgument.filter(word, "-U", "unsubscribe")),
                "-U",
                "--unsubscribe"))
        .add(
            Option.value(
                "QOS",
                "no QoS",
                "Quality of service of the subscriptions: 0, 1 or 2 (default: 0).",
                word ->
                    qos =
                        Qos.of(
                            compatibility.number(word, 0, 2, "Error: Invalid QoS given: {}", "")),
                "-q",
                "--qos"))
        .under(OptionGroup.END)
        .add(
            Option.value(
                    "SECONDS",
                    "no timeout",
                    compatibility.allowsFractionsOfSeconds()
                        ? "End after that time with status 27; fractions are allowed."
                        : "End after that time with status 27.",
                    word -> timeout = TimeoutArgument.parse(word, compatibility),
                    "-W",
                    "--timeout")
                .lastNameOwn())
        .add(
            Option.flag(
                    "End as soon as the broker has answered the subscriptions.",
                    () -> endAfterSuback = true,
                    "-E",
                    "--end-after-suback")
                .lastNameOwn());
    table.later(strict).later(selection).later(wait).later(exec).later(output);
    connect.addTo(table);
    connect.addUrlTo(table, this::filter);
    return table.later(retained).later(display).later(fault).later(consoleOptions).later(views);
  }

  private void filter(String word, String argument) {
    filters.add(TopicArgument.filter(word, argument, "subscription"));
  }

  @Override
  public boolean readsOptionFiles() {
    return true;
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
    return output.isJson();
  }

  @Override
  public Terminal terminal() {
    return output.terminal(context);
  }

  @Override
  public int run(StandardOutput out) throws Exception {
    connect.check();
    if (filters.isEmpty() && unsubscriptions.isEmpty()) {
      throw new UsageException(
          "Error: You must specify a topic to subscribe to (-t) or unsubscribe from (-U).");
    }
    if (retained.isIgnoring() && selection.isRetainedOnly()) {
      throw new UsageException(
          UsageException.Kind.CONTRADICTION,
          "\nError: Combining '-R' and '--retained-only' makes no sense.",
          "");
    }
    output.check(context, display.isWatch() || display.isRate());
    views.check(output.isPlain() && !display.isWatch() && !display.isRate() && !exec.isGiven());
    wait.check(timeout, given());
    selection.check();
    exec.check(output.isShaped() || !display.isPlain());
    int count = selection.count();
    int most = exec.isGiven() ? exec.receiveMaximum(RECEIVE_MAXIMUM) : RECEIVE_MAXIMUM;
    int receiveMaximum = count > 0 && count < most ? count : most;
    ConnectSpec spec = wait.toSpec(connect.toSpec(fault, null, receiveMaximum), connect.timeout());
    // Where standard output is for programs alone, -d speaks on the other.
    OutputStream debug = output.isForMessagesAlone() ? context.err() : out;
    ClientConsole console = consoleOptions.toConsole(context, debug, spec, true, subscribed());
    console.begin(this, connect, spec);
    console.beStrict(strict.isGiven());
    console.endWith(out, true);
    if (!filters.isEmpty()) {
      connect.timeout().expectSuback();
    }
    if (selection.isDryRun()) {
      output.printTopics(context);
    }
    Printer printer = output.toPrinter(context, console::complain, display.isWatch());
    // -d and the displays of the screen write to the same stream, in their turn.
    boolean alone = !consoleOptions.debug() && !display.isWatch() && !display.isRate();
    OutputStream printed = alone ? new BatchedOutput(out) : out;
    boolean person = output.isForTerminal(context);
    StopSignal stop = context.stop().get();
    MessageSink last =
        exec.isGiven()
            ? exec.toSink(context, out, console::warning, stop, output.isJson() ? printer : null)
            : display.toSink(printer, printed, connect.host(), person);
    MessageSink sink = wait.toSink(last, timeout);
    if (views.isAny()) {
      Terminal shown = output.terminal(context);
      sink = views.toSink(sink, printed, context, shown, person, consoleOptions.quiet());
    }
    console.whenGranted(() -> wait.granted(out::failed));
    try {
      SubscribeJob job = new SubscribeJob(spec, wait.toSpec(subscribeSpec()), console, sink, stop);
      JobResult result = connect.timeout().limit(job::run, console);
      int status = wait.status(result, how -> console.status(how, spec.faults()), console::warning);
      return views.status(exec.status(status), strict.isGiven());
    } finally {
      exec.end();
      display.end();
      views.end();
      if (printed instanceof BatchedOutput batched) {
        batched.finish();
      }
    }
  }

  /** Returns the names of the options that were given and may not fit others. */
  private Set<String> given() {
    Set<String> given = new HashSet<>();
    Map.of(
            "-E", endAfterSuback,
            "-R", retained.isIgnoring(),
            "-w", display.isWatch(),
            "--message-rate", display.isRate(),
            "--random-filter", display.isRandom(),
            "--diff", views.isDiff(),
            "--retained-only", selection.isRetainedOnly())
        .forEach((name, is) -> given.addAll(is ? Set.of(name) : Set.of()));
    return given;
  }

  /**
   * Returns the line for a person who would otherwise wait before an empty screen; null where none
   * reads.
   */
  private @Nullable String subscribed() {
    boolean seen =
        compatibility.hasOwnWarnings()
            && !consoleOptions.quiet()
            && !display.isWatch()
            && context.outIsTerminal()
            && context.errIsTerminal();
    if (!seen || filters.isEmpty()) {
      return null;
    }
    String what = filters.size() == 1 ? filters.get(0) : filters.size() + " topic filters";
    return "Subscribed to " + what + " at " + connect.place() + "; Ctrl-C ends.";
  }

  private SubscribeSpec subscribeSpec() {
    List<Subscription> subscriptions = new ArrayList<>();
    for (String filter : filters) {
      subscriptions.add(retained.toSubscription(filter, qos, connect.version().isV5()));
    }
    return new SubscribeSpec(
        subscriptions,
        unsubscriptions,
        connect.properties().subscribe(),
        connect.properties().unsubscribe(),
        connect.properties().disconnect(),
        display.isRate() ? Selection.of(0) : selection.toSelection(retained.isIgnoring()),
        endAfterSuback,
        timeout);
  }
}
