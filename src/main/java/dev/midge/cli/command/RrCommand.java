package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.console.Terminal;
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
import dev.midge.client.ConnectSpec;
import dev.midge.client.job.JobResult;
import dev.midge.client.job.MessageSink;
import dev.midge.client.job.RequestJob;
import dev.midge.client.job.RequestSpec;
import dev.midge.format.JsonEvents;
import dev.midge.format.Printer;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** {@code midge rr}: send a request, print the first answer. */
final class RrCommand implements Command {
  /** One answer is all that is wanted. */
  private static final int RECEIVE_MAXIMUM = 1;

  private final ProcessContext context;
  private final Compatibility compatibility;
  private final ConnectOptions connect;
  private final PayloadOptions payload = new PayloadOptions();
  private final FaultOptions fault = new FaultOptions();
  private final StrictOption strict =
      new StrictOption(
          "End with status 50 if the broker refuses the request, or its subscription, or grants less"
              + " QoS.");
  private final ConsoleOptions consoleOptions;
  private final OutputOptions output;
  private final RetainedOptions retained = new RetainedOptions();
  private @Nullable String topic;
  private @Nullable String responseTopic;
  private Qos qos = Qos.AT_MOST_ONCE;
  private @Nullable Duration timeout;
  private boolean latency;

  RrCommand(ProcessContext context, Compatibility compatibility) {
    this.context = context;
    this.compatibility = compatibility;
    this.consoleOptions = new ConsoleOptions(compatibility);
    this.output = new OutputOptions(compatibility);
    this.connect =
        new ConnectOptions(context, compatibility, true, "Error: Invalid id and/or clean_session.");
    connect.limitTimeByDefault();
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable("Publish a request to an MQTT broker and print the first answer.");
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
                "Quality of service of request and answer: 0, 1 or 2 (default: 0).",
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
    table.later(strict);
    payload.addTo(table);
    connect.addTo(table);
    connect.addUrlTo(table, this::topic);
    return table.later(output).later(retained).later(fault).later(consoleOptions);
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
    connect.check();
    output.check(false);
    byte[] request = payload.toPayload(context.in());
    if (topic == null || request == null || responseTopic == null) {
      throw new UsageException(
          "Error: All of topic, message, and response topic must be supplied.",
          missing(request == null));
    }
    Properties properties = properties(responseTopic);
    ConnectSpec spec = connect.toSpec(fault, payload.inputEnded(), RECEIVE_MAXIMUM);
    // Where standard output is for JSON alone, -d speaks on the other.
    OutputStream debug = output.isJson() ? context.err() : out;
    ClientConsole console = consoleOptions.toConsole(context, debug, spec, false);
    console.begin(this, connect, spec);
    console.beStrict(strict.isGiven());
    console.endWith(out, compatibility.endsWithReader());
    connect.timeout().expectSuback();
    Printer printer = output.toPrinter(context, console::complain, false);
    MessageSink sink =
        received -> {
          printer.print(received, out);
          out.flush();
        };
    RequestSpec ask =
        new RequestSpec(
            new Message(topic, request, qos, false, properties),
            retained.toSubscription(responseTopic, qos, connect.version().isV5()),
            connect.properties().subscribe(),
            connect.properties().disconnect(),
            retained.isIgnoring(),
            timeout,
            compatibility.countsTimeoutFromConnection());
    RequestJob job = new RequestJob(spec, ask, console, sink);
    JobResult result = connect.timeout().limit(job::run, console);
    if (latency && result == JobResult.DONE) {
      tell(job.latency(), out);
    }
    return console.status(result, spec.faults());
  }

  private void tell(Duration latency, OutputStream out) throws IOException {
    if (output.isJson()) {
      double seconds = latency.toNanos() / 1e9;
      new JsonEvents(out, context.clock().get())
          .write("latency", Map.of("seconds", seconds), Properties.NONE);
    } else {
      out.write(("Latency: " + text(latency) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  /** Returns the properties given, then the response topic; none before MQTT 5. */
  private Properties properties(String answersTo) {
    if (!connect.version().isV5()) {
      return Properties.NONE;
    }
    Properties given = connect.properties().publish();
    if (given.has(Property.RESPONSE_TOPIC)) {
      throw UsageException.setting(
          "Error in PUBLISH properties: Duplicate response topic.", ": it is that of -e.");
    }
    return Properties.builder().addAll(given).add(Property.RESPONSE_TOPIC, answersTo).build();
  }

  /** Returns the time as mosquitto_rr writes it. */
  static String text(Duration time) {
    long nanos = time.toNanos();
    if (nanos >= 1_000_000_000) {
      return decimal(nanos / 1_000_000_000, nanos % 1_000_000_000, 9);
    }
    if (nanos < 1000) {
      return nanos + "ns";
    }
    return nanos < 1_000_000
        ? decimal(nanos / 1000, nanos % 1000 * 1000, 6) + "µs"
        : decimal(nanos / 1_000_000, nanos % 1_000_000, 6) + "ms";
  }

  private static String decimal(long whole, long fraction, int digits) {
    String text = String.valueOf(fraction);
    return whole + "." + "0".repeat(digits - text.length()) + text;
  }
}
