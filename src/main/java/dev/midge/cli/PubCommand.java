package dev.midge.cli;

import dev.midge.client.ConnectSpec;
import dev.midge.client.job.JobResult;
import dev.midge.client.job.PayloadSource;
import dev.midge.client.job.PublishJob;
import dev.midge.client.job.PublishSpec;
import dev.midge.mqtt.Qos;

/** {@code midge pub}: publish messages. */
final class PubCommand implements Command {
  private static final int RECEIVE_MAXIMUM = 20;

  private final Surroundings surroundings;
  private final Manners manners;
  private final ConnectOptions connect;
  private final PayloadOptions payload = new PayloadOptions();
  private final RepeatOptions repeat;
  private final FaultOptions fault = new FaultOptions();
  private final StrictOption strict =
      new StrictOption("End with status 50 if the broker has refused a message.");
  private final TalkOptions talk;
  private String topic;
  private Qos qos = Qos.AT_MOST_ONCE;
  private boolean retain;

  PubCommand(Surroundings surroundings, Manners manners) {
    this.surroundings = surroundings;
    this.manners = manners;
    this.talk = new TalkOptions(manners);
    this.connect = new ConnectOptions(surroundings, manners, false, "Error: Invalid id.");
    this.repeat = new RepeatOptions(manners);
    connect.waitsUsually();
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
                    qos = Qos.of(manners.number(word, 0, 2, "Error: Invalid QoS given: {}", "")),
                "-q",
                "--qos"))
        .add(Option.flag("The broker retains the message.", () -> retain = true, "-r", "--retain"));
    payload.addTo(table);
    payload.addLinesTo(table);
    connect.addTo(table);
    connect.addUrlTo(table, this::topic);
    return table.later(strict).later(repeat).later(fault).later(talk);
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
  public Attempted attempted() {
    return connect.attempted();
  }

  @Override
  public Terminal terminal() {
    return Terminal.ofOut(surroundings);
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
  public int run() throws Exception {
    connect.check();
    byte[] single = payload.toPayload(surroundings.in());
    if (topic == null || single == null && !payload.isLines()) {
      throw new UsageException(
          UsageException.Kind.INCOMPLETE,
          "Error: Both topic and message must be supplied.",
          missing(single == null && !payload.isLines()));
    }
    ConnectSpec spec = connect.toSpec(fault.toFault(), RECEIVE_MAXIMUM);
    PayloadSource source =
        single == null ? new LineSource(surroundings.in()) : repeat.toSource(single);
    Talk events = talk.toTalk(surroundings, surroundings.out(), spec, false);
    events.tell(connect.timeout);
    events.explain(this);
    events.beStrict(strict.isGiven());
    events.warnOfOpenFile(connect.openPasswordFile());
    events.warn(connect.tlsWarning());
    events.warnOfShortDelay(manners.warnsOfItsOwn() && connect.endsBefore(spec.will()));
    PublishSpec publish =
        new PublishSpec(
            topic,
            qos,
            retain,
            connect.properties.publish(),
            connect.properties.disconnect(),
            repeat.delay());
    PublishJob publisher = new PublishJob(spec, publish, events);
    JobResult ending = connect.timeout.limit(() -> publisher.publishAll(source), events);
    return events.status(ending, spec.fault());
  }
}
