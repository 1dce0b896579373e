package dev.midge.cli;

import dev.midge.client.ConnectSpec;
import dev.midge.client.Ending;
import dev.midge.client.PayloadSource;
import dev.midge.client.PublishSpec;
import dev.midge.client.Publisher;
import dev.midge.mqtt.Qos;
import picocli.CommandLine.Model.CommandSpec;

/** {@code midge pub}: publish messages. */
final class PubCommand implements Command {
  private static final int RECEIVE_MAXIMUM = 20;

  private final Surroundings surroundings;
  private final Manners manners;
  private final ConnectOptions connect;
  private final PayloadOptions payload = new PayloadOptions();
  private final RepeatOptions repeat;
  private final FaultOptions fault = new FaultOptions();
  private final TalkOptions talk = new TalkOptions();
  private String topic;
  private Qos qos = Qos.AT_MOST_ONCE;
  private boolean retain;

  PubCommand(Surroundings surroundings, Manners manners) {
    this.surroundings = surroundings;
    this.manners = manners;
    this.connect = new ConnectOptions(manners, false, "Error: Invalid id.");
    this.repeat = new RepeatOptions(manners);
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description("Publish messages to an MQTT broker.");
    spec.addOption(
            Option.value(
                "TOPIC",
                "no topic",
                "Topic to publish to.",
                word -> topic(word, "-t"),
                "-t",
                "--topic"))
        .addOption(
            Option.value(
                "QOS",
                "no QoS",
                "Quality of service: 0, 1 or 2 (default: 0).",
                word ->
                    qos = Qos.of(manners.number(word, 0, 2, "Error: Invalid QoS given: {}", "")),
                "-q",
                "--qos"))
        .addOption(
            Option.flag("The broker retains the message.", () -> retain = true, "-r", "--retain"));
    payload.addTo(spec);
    payload.addLinesTo(spec);
    repeat.addTo(spec);
    connect.addTo(spec);
    connect.addUrlTo(spec, this::topic);
    fault.addTo(spec);
    talk.addTo(spec);
    return spec;
  }

  private void topic(String word, String argument) {
    topic = TopicWords.name(word, argument, "publish");
  }

  @Override
  public boolean readsOptionFiles() {
    return true;
  }

  @Override
  public boolean isQuiet() {
    return talk.quiet();
  }

  @Override
  public boolean isDebugging() {
    return talk.debug();
  }

  @Override
  public boolean isStream() {
    return payload.isLines();
  }

  @Override
  public int run() throws Exception {
    connect.check();
    byte[] single = payload.toPayload(surroundings.in());
    if (topic == null || single == null && !payload.isLines()) {
      throw new UsageException(
          UsageException.Kind.INCOMPLETE, "Error: Both topic and message must be supplied.", "");
    }
    ConnectSpec spec = connect.toSpec(fault.toFault(), RECEIVE_MAXIMUM);
    PayloadSource source =
        single == null ? new LineSource(surroundings.in()) : repeat.toSource(single);
    Talk events = talk.toTalk(surroundings, surroundings.out(), spec, false);
    events.warnOfShortDelay(manners.warnsOfItsOwn() && connect.endsBefore(spec.will()));
    PublishSpec publish =
        new PublishSpec(
            topic,
            qos,
            retain,
            connect.properties.publish(),
            connect.properties.disconnect(),
            repeat.delay());
    Ending ending = new Publisher(spec, publish, events).publishAll(source);
    return events.status(ending, spec.fault());
  }
}
