package dev.midge.cli;

import dev.midge.client.ConnectSpec;
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
import java.util.List;

/** {@code midge sub}: print the messages of topics. */
final class SubCommand implements Command {
  private static final int RECEIVE_MAXIMUM = 20;

  private final Surroundings surroundings;
  private final Manners manners;
  private final ConnectOptions connect;
  private final FaultOptions fault = new FaultOptions();
  private final StrictOption strict =
      new StrictOption(
          "End with status 50 if the broker refuses a subscription or grants it less QoS.");
  private final TalkOptions talk;
  private final OutputOptions output;
  private final RetainedOptions retained = new RetainedOptions();
  private final SelectionOptions selection;
  private final DisplayOptions display;
  private final List<String> filters = new ArrayList<>();
  private final List<String> unsubscriptions = new ArrayList<>();
  private Qos qos = Qos.AT_MOST_ONCE;
  private boolean endAfterSuback;
  private Duration timeout;

  SubCommand(Surroundings surroundings, Manners manners) {
    this.surroundings = surroundings;
    this.manners = manners;
    this.talk = new TalkOptions(manners);
    this.connect =
        new ConnectOptions(surroundings, manners, false, "Error: Invalid id and/or clean_session.");
    this.output = new OutputOptions(manners);
    this.selection = new SelectionOptions(manners);
    this.display = new DisplayOptions(manners);
  }

  @Override
  public OptionTable table() {
    OptionTable table = new OptionTable("Print the messages that an MQTT broker has for topics.");
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
                word -> unsubscriptions.add(TopicWords.filter(word, "-U", "unsubscribe")),
                "-U",
                "--unsubscribe"))
        .add(
            Option.value(
                "QOS",
                "no QoS",
                "Quality of service of the subscriptions: 0, 1 or 2 (default: 0).",
                word ->
                    qos = Qos.of(manners.number(word, 0, 2, "Error: Invalid QoS given: {}", "")),
                "-q",
                "--qos"))
        .under(OptionGroup.END)
        .add(
            Option.value(
                "SECONDS",
                "no timeout",
                manners.takesFractions()
                    ? "End after that time with status 27; fractions are allowed."
                    : "End after that time with status 27.",
                word -> timeout = Timeouts.parse(word, manners),
                "-W",
                "--timeout"))
        .add(
            Option.flag(
                "End once the broker has answered the subscriptions.",
                () -> endAfterSuback = true,
                "-E",
                "--end-after-suback"));
    table.later(strict).later(selection).later(output);
    connect.addTo(table);
    connect.addUrlTo(table, this::filter);
    return table.later(retained).later(display).later(fault).later(talk);
  }

  private void filter(String word, String argument) {
    filters.add(TopicWords.filter(word, argument, "subscription"));
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
  public Attempted attempted() {
    return connect.attempted();
  }

  @Override
  public boolean isJson() {
    return output.isJson();
  }

  @Override
  public Terminal terminal() {
    return output.terminal(surroundings);
  }

  @Override
  public int run() throws Exception {
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
    output.check(display.isWatch() || display.isRate());
    int count = selection.count();
    int receiveMaximum = count > 0 && count < RECEIVE_MAXIMUM ? count : RECEIVE_MAXIMUM;
    ConnectSpec spec = connect.toSpec(fault.toFault(), receiveMaximum);
    OutputStream out = surroundings.out();
    // Where standard output is for JSON alone, -d speaks on the other.
    OutputStream debug = output.isJson() ? surroundings.err() : out;
    Talk events = talk.toTalk(surroundings, debug, spec, true, subscribed());
    events.tell(connect.timeout);
    events.explain(this);
    events.beStrict(strict.isGiven());
    if (!filters.isEmpty()) {
      connect.timeout.waitsForSuback();
    }
    events.warnOfOpenFile(connect.openPasswordFile());
    events.warn(connect.tlsWarning());
    events.warnOfShortDelay(manners.warnsOfItsOwn() && connect.endsBefore(spec.will()));
    Printer printer = output.toPrinter(surroundings, events, display.isWatch());
    // -d and the displays of the screen write to the same stream, in their turn.
    boolean alone = !talk.debug() && !display.isWatch() && !display.isRate();
    GatheredOutput gathered = alone ? new GatheredOutput(out) : null;
    MessageSink sink =
        display.toSink(
            printer, alone ? gathered : out, connect.host(), output.isForTerminal(surroundings));
    try {
      SubscribeJob subscriber =
          new SubscribeJob(spec, subscribeSpec(), events, sink, surroundings.stop().get());
      JobResult ending = connect.timeout.limit(subscriber::run, events);
      return events.status(ending, spec.fault());
    } finally {
      display.end();
      if (alone) {
        gathered.finish();
      }
    }
  }

  /**
   * The line for a person who would otherwise wait before an empty screen; null where none looks.
   */
  private String subscribed() {
    boolean seen =
        manners.warnsOfItsOwn()
            && !talk.quiet()
            && !display.isWatch()
            && surroundings.outIsTerminal()
            && surroundings.errIsTerminal();
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
        connect.properties.subscribe(),
        connect.properties.unsubscribe(),
        connect.properties.disconnect(),
        display.isRate() ? Selection.of(0) : selection.toSelection(retained.isIgnoring()),
        endAfterSuback,
        timeout);
  }
}
