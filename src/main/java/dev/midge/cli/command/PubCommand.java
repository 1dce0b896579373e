package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.failure.ConnectAttempt;
import dev.midge.cli.fleet.DeviceReport;
import dev.midge.cli.fleet.FleetOptions;
import dev.midge.cli.fleet.FleetSetting;
import dev.midge.cli.fleet.PubFleet;
import dev.midge.cli.make.PublishingClient;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.cli.options.FaultOptions;
import dev.midge.cli.options.PayloadOptions;
import dev.midge.cli.options.RepeatOptions;
import dev.midge.cli.options.StrictOption;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.TopicArgument;
import dev.midge.cli.pipe.LineSource;
import dev.midge.cli.pipe.Overrides;
import dev.midge.cli.pipe.StandardInput;
import dev.midge.client.ConnectSpec;
import dev.midge.client.job.JobResult;
import dev.midge.client.job.PublishJob;
import dev.midge.client.source.MessageSource;
import dev.midge.client.source.PayloadMessages;
import dev.midge.client.source.PublishSpec;
import dev.midge.mqtt.Qos;
import org.jspecify.annotations.Nullable;

/** {@code midge pub}: publish messages. */
final class PubCommand implements Command, OptionTable.Source {
  private static final int RECEIVE_MAXIMUM = 20;

  private final ProcessContext context;
  private final Compatibility compatibility;
  private final ConnectOptions connect;
  private final PayloadOptions payload = new PayloadOptions();
  private final RepeatOptions repeat;
  private final FaultOptions fault = new FaultOptions();
  private final StrictOption strict =
      new StrictOption("End with status 50 if the broker has refused a message.");
  private final ConsoleOptions consoleOptions;
  private @Nullable PubSources sources;
  private @Nullable String topic;
  private @Nullable Qos qos;
  private boolean retain;

  PubCommand(ProcessContext context, Compatibility compatibility) {
    this.context = context;
    this.compatibility = compatibility;
    this.consoleOptions = new ConsoleOptions(compatibility);
    this.connect = new ConnectOptions(context, compatibility, false, "Error: Invalid id.");
    this.repeat = new RepeatOptions(compatibility);
    connect.limitTimeByDefault();
  }

  @Override
  public OptionTable table() {
    OptionTable table = new OptionTable("Publish messages to an MQTT broker.");
    table
        .under(OptionGroup.MESSAGE)
        .add(
            Option.value(
                "TOPIC",
                "no topic",
                "Topic to publish to.",
                word -> topic(word, "-t"),
                "-t",
                "--topic"))
        .add(
            Option.value(
                "QOS",
                "no QoS",
                "Quality of service: 0, 1 or 2 (default: 0).",
                word ->
                    qos =
                        Qos.of(
                            compatibility.number(word, 0, 2, "Error: Invalid QoS given: {}", "")),
                "-q",
                "--qos"))
        .add(Option.flag("The broker retains the message.", () -> retain = true, "-r", "--retain"));
    payload.addTo(table);
    payload.addLinesTo(table);
    connect.addTo(table);
    connect.addUrlTo(table, this::topic);
    return table.later(strict).later(repeat).later(fault).later(consoleOptions).later(this);
  }

  /** Adds options that a plain message does without; their classes are loaded only here. */
  @Override
  public void addTo(OptionTable table) {
    sources = new PubSources(context);
    sources.addTo(table);
  }

  private void topic(String word, String argument) {
    topic = TopicArgument.name(word, argument, "publish");
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
  public boolean isStream() {
    return payload.isLines() || sources != null && sources.isStream();
  }

  @Override
  public ConnectAttempt attempt() {
    return connect.attempt();
  }

  @Override
  public Terminal terminal() {
    return Terminal.ofOut(context);
  }

  private Overrides overrides() {
    boolean v5 = connect.version().isV5();
    return new Overrides(topic, qos, retain, connect.properties().publish(), v5);
  }

  private static String missing(@Nullable String topic, boolean message) {
    String left = topic == null ? ": the topic (-t, or in -L) is missing" : "";
    return message
        ? (left.isEmpty() ? ": the message" : left + ", and so is the message")
            + " (-m TEXT, -f FILE, -l, -n or -s)"
            + (left.isEmpty() ? " is missing." : ".")
        : left + ".";
  }

  @Override
  public int run(StandardOutput out) throws Exception {
    PubSources more = sources;
    FleetOptions many = more == null ? null : more.fleet();
    if (many != null) {
      connect.ofFleet(many.name());
    }
    connect.check();
    byte[] single = more == null ? payload.toPayload(context.in()) : more.payload(payload);
    String topic = more == null ? this.topic : more.topic(this.topic, payload, repeat);
    boolean message = single != null || isStream();
    if (!message || topic == null) {
      throw new UsageException(
          UsageException.Kind.INCOMPLETE,
          "Error: Both topic and message must be supplied.",
          missing(topic, !message));
    }
    Boolean inputEnded = more == null ? payload.inputEnded() : more.inputEnded(payload);
    ConnectSpec given = connect.toSpec(fault, inputEnded, RECEIVE_MAXIMUM);
    ConnectSpec spec = more == null ? given : more.toSpec(given, connect.timeout());
    ClientConsole console = consoleOptions.toConsole(context, out, spec, false);
    console.begin(this, connect, spec);
    console.beStrict(strict.isGiven());
    if (consoleOptions.debug()) {
      console.endWith(out, compatibility.endsWithReader());
    }
    PublishSpec publish =
        new PublishSpec(
            topic,
            qos == null ? Qos.AT_MOST_ONCE : qos,
            retain,
            connect.properties().publish(),
            connect.properties().disconnect(),
            repeat.delay());
    if (more != null && many != null) {
      PubFleet clients = new PubFleet(spec, many, setting(console, out), publish);
      return single == null
          ? clients.inTurn(messages(more, null, publish, new PublishingClient(1, ""), console))
          : clients.each(
              (own, words) ->
                  messages(
                      more,
                      single,
                      own,
                      new PublishingClient(words.number(), words.id()),
                      console));
    }
    MessageSource source =
        more != null
            ? messages(more, single, publish, new PublishingClient(1, spec.clientId()), console)
            : single == null
                ? new PayloadMessages(new LineSource(StandardInput.of(context.in())), publish)
                : repeat.toSource(publish.message(single));
    PublishJob job = new PublishJob(spec, publish, console);
    JobResult result = connect.timeout().limit(() -> job.publishAll(source), console);
    return console.status(result, spec.faults());
  }

  private MessageSource messages(
      PubSources more,
      byte @Nullable [] single,
      PublishSpec publish,
      PublishingClient client,
      ClientConsole console) {
    return more.toSource(payload, single, publish, overrides(), repeat, client, console::warning);
  }

  private FleetSetting setting(ClientConsole console, StandardOutput out) {
    boolean each = consoleOptions.debug();
    return new FleetSetting(
        context,
        "pub",
        connect.place(),
        connect.timeout(),
        this::failed,
        each ? spec -> consoleOptions.toConsole(context, out, spec, false) : DeviceReport.NONE,
        each,
        () -> {},
        console::warning,
        console.outputFailed(),
        strict.isGiven());
  }
}
