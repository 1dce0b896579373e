package dev.midge.cli;

import dev.midge.client.ConnectSpec;
import dev.midge.client.Ending;
import dev.midge.client.PayloadSource;
import dev.midge.client.PublishSpec;
import dev.midge.client.Publisher;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.Utf8;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/** {@code midge pub}: publish messages. */
final class PubCommand implements Command {
  private static final int RECEIVE_MAXIMUM = 20;

  private final Surroundings surroundings;
  private final ConnectOptions connect = new ConnectOptions();
  private final WillOptions will = new WillOptions();
  private final PayloadOptions payload = new PayloadOptions();
  private final FaultOptions fault = new FaultOptions();
  private final TalkOptions talk = new TalkOptions();
  private String topic;
  private Qos qos = Qos.AT_MOST_ONCE;
  private boolean retain;

  PubCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("midge pub");
    spec.usageMessage().description("Publish messages to an MQTT broker.");
    spec.addOption(
            Option.value("TOPIC", "no topic", "Topic to publish to.", this::topic, "-t", "--topic"))
        .addOption(
            Option.value(
                "QOS",
                "no QoS",
                "Quality of service: 0, 1 or 2 (default: 0).",
                word ->
                    qos = Qos.of(Option.number(word, 0, 2, "Error: Invalid QoS given: " + word)),
                "-q",
                "--qos"))
        .addOption(
            Option.flag("The broker retains the message.", () -> retain = true, "-r", "--retain"));
    payload.addTo(spec);
    connect.addTo(spec);
    will.addTo(spec);
    fault.addTo(spec);
    talk.addTo(spec);
    return spec;
  }

  private void topic(String word) {
    if (!Utf8.isValid(word)) {
      throw new UsageException("Error: Malformed UTF-8 in -t argument.");
    }
    if (!Topics.isValidName(word)) {
      throw new UsageException(
          "Error: Invalid publish topic '" + word + "', does it contain '+' or '#'?");
    }
    topic = word;
  }

  @Override
  public int run() throws Exception {
    ConnectSpec spec = connect.toSpec(will, fault.toFault(), RECEIVE_MAXIMUM);
    PayloadSource source = payload.isGiven() ? payload.toSource(surroundings.in()) : null;
    if (topic == null || source == null) {
      throw new UsageException("Error: Both topic and message must be supplied.");
    }
    Talk events = talk.toTalk(surroundings, surroundings.out(), spec, false);
    events.warnOfShortDelay(connect.endsBefore(spec.will()));
    PublishSpec publish =
        new PublishSpec(
            topic,
            qos,
            retain,
            connect.properties.publish(),
            connect.properties.disconnect(),
            Duration.ZERO);
    Ending ending = new Publisher(spec, publish, events).publishAll(source);
    return events.status(ending, spec.fault());
  }
}
