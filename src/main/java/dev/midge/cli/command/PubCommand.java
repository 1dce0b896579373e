package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.failure.ConnectAttempt;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.cli.options.FaultOptions;
import dev.midge.cli.options.LineSource;
import dev.midge.cli.options.PayloadOptions;
import dev.midge.cli.options.RepeatOptions;
import dev.midge.cli.options.StrictOption;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.TopicArgument;
import dev.midge.client.ConnectSpec;
import dev.midge.client.job.JobResult;
import dev.midge.client.job.MessageSource;
import dev.midge.client.job.PayloadMessages;
import dev.midge.client.job.PublishJob;
import dev.midge.client.job.PublishSpec;
import dev.midge.mqtt.Qos;
import org.jspecify.annotations.Nullable;

/** {@code midge pub}: publish messages. */
final class PubCommand implements Command {
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
  private @Nullable String topic;
  private Qos qos = Qos.AT_MOST_ONCE;
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
    return table.later(strict).later(repeat).later(fault).later(consoleOptions);
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
    return payload.isLines();
  }

  @Override
  public ConnectAttempt attempt() {
    return connect.attempt();
  }

  @Override
  public Terminal terminal() {
    return Terminal.ofOut(context);
  }

  private String missing(boolean message) {
    String left = topic == null ? ": the topic (-t, or in -L) is missing" : "";
    return message
        ? (left.isEmpty() ? ": the message" : left + ", and so is the message")
            + " (-m TEXT, -f FILE, -l, -n or -s)"
            + (left.isEmpty() ? " is missing." : ".")
        : left + ".";
  }

  @Override
  public int run(StandardOutput out) throws Exception {
    connect.check();
    byte[] single = payload.toPayload(context.in());
    if (topic == null || single == null && !payload.isLines()) {
      throw new UsageException(
          UsageException.Kind.INCOMPLETE,
          "Error: Both topic and message must be supplied.",
          missing(single == null && !payload.isLines()));
    }
    ConnectSpec spec = connect.toSpec(fault, payload.inputEnded(), RECEIVE_MAXIMUM);
    ClientConsole console = consoleOptions.toConsole(context, out, spec, false);
    console.begin(this, connect, spec);
    console.beStrict(strict.isGiven());
    if (consoleOptions.debug()) {
      console.endWith(out, compatibility.endsWithReader());
    }
    PublishSpec publish =
        new PublishSpec(
            topic,
            qos,
            retain,
            connect.properties().publish(),
            connect.properties().disconnect(),
            repeat.delay());
    MessageSource source =
        single == null
            ? new PayloadMessages(new LineSource(context.in()), publish)
            : repeat.toSource(publish.message(single));
    PublishJob job = new PublishJob(spec, publish, console);
    JobResult result = connect.timeout().limit(() -> job.publishAll(source), console);
    return console.status(result, spec.faults());
  }
}
