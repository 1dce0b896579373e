package dev.midge.cli;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.lwt.Drill;
import dev.midge.lwt.Outcome;
import dev.midge.lwt.Story;
import dev.midge.lwt.Target;
import dev.midge.lwt.Verdict;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.Utf8;
import dev.midge.wire.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** {@code midge lwt}: the Last Will drill, on the mini broker inside or on the user's. */
final class LwtCommand implements Command {
  private final Surroundings surroundings;
  private final ConnectOptions connect;
  private final ColourOption colour = new ColourOption();
  private String prefix;
  private boolean json;
  private boolean quiet;

  LwtCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connect = new ConnectOptions(surroundings);
  }

  @Override
  public OptionTable table() {
    OptionTable table =
        new OptionTable(
            "The Last Will drill: clients with a will end in every way there is, and a watcher sees"
                + " what the broker makes of it. Without -h and -p it examines the mini broker,"
                + " which it starts inside itself; with them, yours.");
    connect.addBrokerTo(table);
    connect.addTimeoutTo(table);
    table
        .under(OptionGroup.DRILL)
        .add(
            Option.value(
                "PREFIX",
                "no prefix",
                "Before the topic 'sensor/status' (default: none on the mini broker, a unique one"
                    + " on yours).",
                this::prefix,
                "--prefix"))
        .under(OptionGroup.OUTPUT)
        .add(Option.flag("Print the result as one JSON document.", () -> json = true, "--json"))
        .add(Option.flag("Tell no story while it runs.", () -> quiet = true, "--quiet"));
    table.later(colour);
    return table;
  }

  private void prefix(String word) {
    if (!Utf8.isValid(word) || !Topics.isValidName(word + "sensor/status")) {
      throw new UsageException("Error: Invalid prefix '" + word + "', does it contain '+' or '#'?");
    }
    prefix = word;
  }

  @Override
  public boolean isQuiet() {
    return quiet;
  }

  @Override
  public Attempted attempted() {
    return connect.isBrokerGiven() ? connect.attempted() : null;
  }

  @Override
  public Terminal terminal() {
    return colour.out(surroundings);
  }

  @Override
  public int run() throws Exception {
    connect.checkCredentials();
    new Talk(surroundings.err(), Manners.MIDGE, quiet, null)
        .warnOfOpenFile(connect.openPasswordFile());
    DrillStory story = story();
    if (connect.isBrokerGiven()) {
      String random =
          Integer.toHexString(ThreadLocalRandom.current().nextInt(0x10000000, 0x7FFFFFFF));
      String unique = prefix == null ? "midge-lwt-" + random + "/" : prefix;
      Target target = target(connect.endpoint().handedOver(), unique, random + "-");
      return report(drill(target, story), connect.endpoint(), false);
    }
    BrokerConfig config =
        new BrokerConfig(List.of(0), story == null ? event -> {} : story::broker, story != null);
    Endpoint endpoint;
    List<Outcome> outcomes;
    try (Broker broker = Broker.start(config)) {
      endpoint = new Endpoint("127.0.0.1", broker.port(), null);
      outcomes = drill(target(endpoint, prefix == null ? "" : prefix, ""), story);
    }
    return report(outcomes, endpoint, true);
  }

  /** Null when nobody watches. */
  private DrillStory story() {
    return quiet || !surroundings.errIsTerminal()
        ? null
        : new DrillStory(surroundings.err(), colour.err(surroundings));
  }

  private Target target(Endpoint endpoint, String topicPrefix, String clientPrefix) {
    return new Target(
        endpoint,
        connect.version(),
        connect.username(),
        connect.password(),
        topicPrefix,
        clientPrefix);
  }

  private List<Outcome> drill(Target target, DrillStory story) throws Exception {
    Drill drill =
        new Drill(target, story == null ? Story.SILENT : story, connect.timeout::connected);
    return connect.timeout.limit(drill::run);
  }

  private int report(List<Outcome> outcomes, Endpoint endpoint, boolean embedded)
      throws IOException {
    OutputStream out = surroundings.out();
    if (json) {
      DrillJson.write(
          surroundings.clock().get().instant(),
          outcomes,
          endpoint,
          embedded,
          connect.version(),
          out);
    } else {
      String broker = embedded ? "the mini broker" : endpoint.host() + ":" + endpoint.port();
      DrillTable.write(outcomes, broker, connect.version(), colour.out(surroundings), out);
    }
    return allWell(outcomes) ? ExitCode.OK : ExitCode.FAILED;
  }

  static boolean allWell(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (outcome.verdict() == Verdict.FAILED) {
        return false;
      }
    }
    return true;
  }
}
