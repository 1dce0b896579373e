package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.exec.ServeOptions;
import dev.midge.cli.expect.ReadyOptions;
import dev.midge.cli.expect.RetryOptions;
import dev.midge.cli.failure.ConnectAttempt;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.cli.options.FaultOptions;
import dev.midge.cli.options.OutputOptions;
import dev.midge.cli.options.PayloadOptions;
import dev.midge.cli.options.RetainedOptions;
import dev.midge.cli.options.StrictOption;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.TimeoutArgument;
import dev.midge.cli.parse.TopicArgument;
import dev.midge.cli.view.ReceivedViews;
import dev.midge.cli.view.SentForm;
import dev.midge.client.ConnectSpec;
import dev.midge.client.StopSignal;
import dev.midge.client.job.JobResult;
import dev.midge.client.job.MessageSink;
import dev.midge.client.job.RequestJob;
import dev.midge.client.job.RequestSpec;
import dev.midge.client.job.ServeJob;
import dev.midge.client.job.SubscribeSpec;
import dev.midge.format.Printer;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** {@code midge rr}: send a request, print the first answer; or answer requests. */
final class RrCommand implements Command {
  /** One answer is all that is wanted. */
  private static final int RECEIVE_MAXIMUM = 1;

  private static final int SERVING_RECEIVE_MAXIMUM = 20;

  private final ProcessContext context;
  private final Compatibility compatibility;
  private final ConnectOptions connect;
  private final PayloadOptions payload = new PayloadOptions();
  private final FaultOptions fault = new FaultOptions();
  private final StrictOption strict =
      new StrictOption(
          "End with status 50 if the broker refuses the request, or its subscription, or grants a lower QoS, and with 53 if the answer cannot be decoded.");
  private final RetryOptions retry =
      new RetryOptions("never; with --serve forever, once the broker was reached the first time");
  private final ReadyOptions ready =
      new ReadyOptions("once all subscriptions of --serve are granted");
  private final ConsoleOptions consoleOptions;
  private final OutputOptions output;
  private final RetainedOptions retained = new RetainedOptions();
  private final SentForm form = new SentForm();
  private final ReceivedViews views = ReceivedViews.ofOne();
  private final ServeOptions serve;
  private @Nullable String topic;
  private @Nullable UsageException noTopicName;
  private @Nullable String responseTopic;
  private @Nullable Qos qos;
  private @Nullable Duration timeout;
  private boolean latency;

  RrCommand(ProcessContext context, Compatibility compatibility) {
    this.context = context;
    this.compatibility = compatibility;
    this.consoleOptions = new ConsoleOptions(compatibility);
    this.output = new OutputOptions(compatibility);
    this.serve = new ServeOptions(compatibility);
    this.connect =
        new ConnectOptions(context, compatibility, true, "Error: Invalid id and/or clean_session.");
    connect.limitTimeByDefault();
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable(
            "Publish a request to an MQTT broker and print the first answer, or answer requests.");
    table
        .under(OptionGroup.REQUEST)
        .add(
            Option.value(
                "TOPIC",
                "no topic",
                "Topic to publish the request to.",
                word -> topic(word, "-t"),
                "-t",
                "--topic"))
        .add(
            Option.value(
                    "TOPIC",
                    "no response topic",
                    "Topic on which the answer is to come.",
                    word -> responseTopic = TopicArgument.name(word, "-e", "response"),
                    "-e",
                    "--response-topic")
                .lastNameOwn())
        .add(
            Option.value(
                "QOS",
                "no QoS",
                compatibility.hasOwnNames()
                    ? "Quality of service of request and answer: 0, 1 or 2 (default: 0). With --serve an answer has that"
                        + " of its request, at most this (default: 1)."
                    : "Quality of service of request and answer: 0, 1 or 2 (default: 0).",
                word ->
                    qos =
                        Qos.of(
                            compatibility.number(word, 0, 2, "Error: Invalid QoS given: {}", "")),
                "-q",
                "--qos"))
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
                "Print the time from request to answer too.", () -> latency = true, "--latency"));
    table.later(strict).later(serve);
    payload.addTo(table);
    connect.addTo(table);
    connect.addUrlTo(table, this::topic);
    table
        .later(ready)
        .later(retry)
        .later(output)
        .later(retained)
        .later(fault)
        .later(consoleOptions);
    return table.later(form).later(views);
  }

  private void topic(String word, String argument) {
    serve.topic(word);
    try {
      topic = TopicArgument.name(word, argument, "publish");
    } catch (UsageException e) {
      if (!compatibility.hasOwnNames()) {
        throw e;
      }
      noTopicName = noTopicName == null ? e : noTopicName; // With --serve it may be a filter.
    }
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

  private String missing(boolean message) {
    StringJoiner list = new StringJoiner(", ", "; missing: ", ".");
    if (topic == null) {
      list.add("the topic (-t, or in -L)");
    }
    if (message) {
      list.add("the message (-m TEXT, -f FILE, -n or -s)");
    }
    if (responseTopic == null) {
      list.add("the response topic (-e)");
    }
    return list.toString();
  }

  @Override
  public int run(StandardOutput out) throws Exception {
    if (serve.isGiven()) {
      return serve(out);
    }
    if (noTopicName != null) {
      throw noTopicName;
    }
    serve.checkAbsent();
    ready.checkAbsent("--serve");
    connect.check();
    output.check(context, false);
    if (latency && output.isDivided()) {
      throw new UsageException(
          "Error: --latency prints a line, which -0 and --frame leave no room for.");
    }
    byte[] request = payload.toPayload(context.in());
    if (topic == null || request == null || responseTopic == null) {
      throw new UsageException(
          "Error: All of topic, message, and response topic must be supplied.",
          missing(request == null));
    }
    request = form.of(request);
    Properties properties =
        connect.version().isV5()
            ? RequestProperties.of(
                connect.properties().publish(), responseTopic, compatibility.correlatesRequests())
            : Properties.NONE;
    ConnectSpec spec =
        retry.toSpec(
            connect.toSpec(fault, payload.inputEnded(), RECEIVE_MAXIMUM), connect.timeout());
    ClientConsole console = console(out, spec, compatibility.endsWithReader(), null);
    Printer printer = output.toPrinter(context, console::complain, false);
    MessageSink printing =
        received -> {
          printer.print(received, out);
          out.flush();
        };
    MessageSink sink =
        views.isAny()
            ? views.toSink(
                printing,
                out,
                context,
                output.terminal(context),
                output.isForTerminal(context),
                consoleOptions.quiet())
            : printing;
    RequestSpec ask =
        new RequestSpec(
            new Message(topic, request, qos(Qos.AT_MOST_ONCE), false, properties),
            retained.toSubscription(responseTopic, qos(Qos.AT_MOST_ONCE), connect.version().isV5()),
            connect.properties().subscribe(),
            connect.properties().disconnect(),
            retained.isIgnoring(),
            timeout,
            compatibility.countsTimeoutFromConnection(),
            compatibility.correlatesRequests());
    RequestJob job = new RequestJob(spec, ask, console, sink);
    JobResult result = connect.timeout().limit(job::run, console);
    if (latency && result == JobResult.DONE) {
      LatencyText.print(job.latency(), output.isJson(), context.clock().get(), out);
    }
    views.end();
    return views.status(console.status(result, spec.faults()), strict.isGiven());
  }

  private Qos qos(Qos usual) {
    return qos == null ? usual : qos;
  }

  /**
   * @param subscribed the line to print once there is a subscription; null for none
   */
  private ClientConsole console(
      StandardOutput out, ConnectSpec spec, boolean endsWithReader, @Nullable String subscribed) {
    // Where standard output is for programs alone, -d speaks on the other.
    OutputStream debug = output.isForMessagesAlone() ? context.err() : out;
    ClientConsole console = consoleOptions.toConsole(context, debug, spec, false, subscribed);
    console.begin(this, connect, spec);
    console.beStrict(strict.isGiven());
    console.endWith(out, endsWithReader);
    connect.timeout().expectSuback();
    return console;
  }

  /** Returns the line for a person who would otherwise see nothing; null where none reads. */
  private @Nullable String serving() {
    if (consoleOptions.quiet() || !context.outIsTerminal() || !context.errIsTerminal()) {
      return null;
    }
    List<String> filters = serve.filters();
    String what = filters.size() == 1 ? filters.get(0) : filters.size() + " topic filters";
    return "Answering requests on " + what + " at " + connect.place() + "; Ctrl-C ends.";
  }

  private int serve(StandardOutput out) throws Exception {
    connect.check();
    output.check(context, false);
    boolean v5 = connect.version().isV5();
    Properties publish = v5 ? connect.properties().publish() : Properties.NONE;
    serve.check(output.isShaped() || latency, payload.isGiven(), publish);
    if (views.isAny() || form.isGiven()) {
      throw new UsageException(
          "Error: --decode and --encode are for a request and its answer, and cannot be combined with --serve.");
    }
    List<Subscription> subscriptions = new ArrayList<>();
    for (String filter : serve.filters()) {
      subscriptions.add(retained.toSubscription(filter, qos(Qos.AT_LEAST_ONCE), v5));
    }
    ConnectSpec spec =
        retry.toSpec(
            connect.toSpec(fault, null, serve.receiveMaximum(SERVING_RECEIVE_MAXIMUM)),
            connect.timeout());
    ready.prepare();
    ClientConsole console = console(out, spec, true, serving());
    console.whenGranted(() -> ready.signal(out::failed));
    StopSignal stop = context.stop().get();
    Printer printer = output.isJson() ? output.toPrinter(context, console::complain, false) : null;
    ServeJob.Answerer answerer =
        serve.toAnswerer(
            context, responseTopic, v5 ? publish : null, console::warning, stop, printer);
    SubscribeSpec subscribe =
        new SubscribeSpec(
            subscriptions,
            List.of(),
            connect.properties().subscribe(),
            Properties.NONE,
            connect.properties().disconnect(),
            serve.toSelection(retained.isIgnoring()),
            false,
            timeout);
    try {
      ServeJob job = new ServeJob(spec, subscribe, console, answerer, stop);
      return serve.status(
          console.status(connect.timeout().limit(job::run, console), spec.faults()));
    } finally {
      serve.end();
    }
  }
}
