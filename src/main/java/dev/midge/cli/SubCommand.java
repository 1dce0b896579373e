package dev.midge.cli;

import dev.midge.client.ConnectSpec;
import dev.midge.client.Ending;
import dev.midge.client.MessageSink;
import dev.midge.client.Selection;
import dev.midge.client.SubscribeSpec;
import dev.midge.client.Subscriber;
import dev.midge.format.Printer;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.Utf8;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code midge sub}: print the messages of topics. */
final class SubCommand implements Command {
  private static final int RECEIVE_MAXIMUM = 20;

  private final Surroundings surroundings;
  private final ConnectOptions connect = new ConnectOptions();
  private final WillOptions will = new WillOptions();
  private final FaultOptions fault = new FaultOptions();
  private final TalkOptions talk = new TalkOptions();
  private final OutputOptions output = new OutputOptions();
  private final List<String> filters = new ArrayList<>();
  private Qos qos = Qos.AT_MOST_ONCE;
  private int count;
  private Duration timeout;

  SubCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("midge sub");
    spec.usageMessage().description("Print the messages that an MQTT broker has for topics.");
    spec.addOption(
            Option.value(
                "FILTER",
                "no topic",
                "Topic filter to subscribe to; may be repeated.",
                this::filter,
                "-t",
                "--topic"))
        .addOption(
            Option.value(
                "QOS",
                "no QoS",
                "Quality of service of the subscriptions: 0, 1 or 2 (default: 0).",
                word ->
                    qos = Qos.of(Option.number(word, 0, 2, "Error: Invalid QoS given: " + word)),
                "-q",
                "--qos"))
        .addOption(
            Option.value(
                "N",
                "no count",
                "End after N messages.",
                word ->
                    count =
                        Option.number(
                            word,
                            1,
                            Integer.MAX_VALUE,
                            "Error: Invalid message count \"" + word + "\"."),
                "-C",
                "--count"))
        .addOption(
            Option.value(
                "SECONDS",
                "no timeout",
                "End after that time with status 27.",
                word -> timeout = Timeouts.parse(word),
                "-W",
                "--timeout"));
    output.addTo(spec);
    connect.addTo(spec);
    will.addTo(spec);
    fault.addTo(spec);
    talk.addTo(spec);
    return spec;
  }

  private void filter(String word) {
    if (!Utf8.isValid(word)) {
      throw new UsageException("Error: Malformed UTF-8 in -t argument.");
    }
    if (!Topics.isValidFilter(word)) {
      throw new UsageException(
          "Error: Invalid subscription topic '"
              + word
              + "', are all '+' and '#' wildcards correct?");
    }
    filters.add(word);
  }

  @Override
  public int run() throws Exception {
    int receiveMaximum = count > 0 && count < RECEIVE_MAXIMUM ? count : RECEIVE_MAXIMUM;
    ConnectSpec spec = connect.toSpec(will, fault.toFault(), receiveMaximum);
    if (filters.isEmpty()) {
      throw new UsageException("Error: You must specify a topic to subscribe to (-t).");
    }
    OutputStream out = surroundings.out();
    Talk events = talk.toTalk(surroundings, out, spec, true);
    events.warnOfShortDelay(connect.endsBefore(spec.will()));
    Printer printer = output.toPrinter(surroundings, events);
    MessageSink sink = received -> printer.print(received, out);
    Ending ending =
        new Subscriber(spec, subscribeSpec(), events, sink, surroundings.stop().get()).run();
    return events.status(ending, spec.fault());
  }

  private SubscribeSpec subscribeSpec() {
    List<Subscription> subscriptions = new ArrayList<>();
    for (String filter : filters) {
      subscriptions.add(Subscription.of(filter, qos));
    }
    return new SubscribeSpec(
        subscriptions,
        List.of(),
        connect.properties.subscribe(),
        connect.properties.unsubscribe(),
        connect.properties.disconnect(),
        Selection.of(count),
        false,
        timeout);
  }
}
