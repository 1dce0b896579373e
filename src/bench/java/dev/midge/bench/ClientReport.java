package dev.midge.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The figures of the clients as Markdown. */
final class ClientReport {
  private static final String WALL = "ms";
  private static final String CPU = "cpu ms";
  private static final String MEMORY = "MB";

  /** What is compared with a bare JVM, what with which peer, and the aims. */
  private static final String[][] STARTS = {
    {"pub", "`midge pub -m`, QoS 0", "mosquitto_pub", "≤ 2.5"},
    {"pub -q 1", "`midge pub -m`, QoS 1", "", ""},
    {"mosquitto_pub (drop-in)", "`drop-in/mosquitto_pub -m`, QoS 0", "mosquitto_pub", ""},
    {"sub -C 1", "`midge sub -C 1`, a retained message", "mosquitto_sub", ""},
    {"rr", "`midge rr`", "mosquitto_rr", ""},
    {"--help", "`midge --help`", "", ""},
    {"pub --help", "`midge pub --help`", "", ""},
    {"broker", "`midge broker`, to listening", "mosquitto", "≤ 3"},
  };

  private final ClientOptions options;
  private final Machine before;
  private final List<Midge> midges;
  private final List<StreamCase> streams;
  private final Map<String, Map<String, List<Double>>> figures;
  private final List<String> leftOut;
  private final List<String> failures;
  private final StringBuilder text = new StringBuilder();

  ClientReport(
      ClientOptions options,
      Machine before,
      List<Midge> midges,
      List<StreamCase> streams,
      Map<String, Map<String, List<Double>>> figures,
      List<String> leftOut,
      List<String> failures) {
    this.options = options;
    this.before = before;
    this.midges = midges;
    this.streams = streams;
    this.figures = figures;
    this.leftOut = leftOut;
    this.failures = failures;
  }

  String text() throws IOException {
    machine();
    for (int i = 0; i < midges.size(); i++) {
      if (figures.containsKey(i + " bare")) {
        starts(i);
      }
    }
    peers();
    for (Broker.Kind at : Broker.Kind.values()) {
      streams(true, at);
      streams(false, at);
    }
    for (String failure : failures) {
      line("");
      line("Failed: " + failure);
    }
    return text.toString();
  }

  private void machine() {
    line("");
    line(
        ("`src/bench/clients " + String.join(" ", options.words())).trim()
            + "`, on "
            + before.date()
            + ", midge "
            + before.midge()
            + ", "
            + (before.mosquitto() == null ? "no mosquitto" : before.mosquitto())
            + "; "
            + before.cores()
            + " × "
            + before.processor()
            + ", "
            + before.system()
            + ". Load average before the run: "
            + before.load()
            + "; after it: "
            + Machine.loadNow()
            + ". Rounds: "
            + options.rounds()
            + "; starts of each program in a round: "
            + options.starts()
            + ".");
    if (!leftOut.isEmpty()) {
      line("");
      line("Left out: " + String.join("; ", leftOut) + ".");
    }
  }

  private void starts(int java) throws IOException {
    title("From exec to exit, Java " + midges.get(java).version());
    line(
        "| | wall, ms | times the bare JVM | aim | without the archive | processor time, ms"
            + " | times the bare JVM's | without the archive | peak memory, MB |");
    line("|---|---|---|---|---|---|---|---|---|");
    String bare = java + " bare";
    row(
        "bare JVM",
        Report.range(of(bare, WALL)),
        "",
        "",
        "",
        Report.range(of(bare, CPU)),
        "",
        "",
        Report.range(of(bare, MEMORY)));
    for (String[] start : STARTS) {
      String warm = StartCases.name(java, true, start[0]);
      String off = StartCases.name(java, false, start[0]);
      row(
          start[1],
          Report.range(of(warm, WALL)),
          "**" + Report.times(of(warm, WALL).per(of(bare, WALL))) + "**",
          start[3],
          Report.times(of(off, WALL).per(of(bare, WALL))),
          Report.range(of(warm, CPU)),
          Report.times(of(warm, CPU).per(of(bare, CPU))),
          Report.times(of(off, CPU).per(of(bare, CPU))),
          Report.range(of(warm, MEMORY)));
    }
  }

  private void peers() throws IOException {
    if (!figures.containsKey("mosquitto_pub") && !figures.containsKey("mqtt.js")) {
      return;
    }
    title("The peers' starts in the same rounds");
    StringBuilder head = new StringBuilder("| | wall, ms | processor time, ms | peak memory, MB |");
    StringBuilder rule = new StringBuilder("|---|---|---|---|");
    for (Midge midge : midges) {
      head.append(" its wall time / midge's, Java ").append(midge.version()).append(" |");
      rule.append("---|");
    }
    line(head.toString());
    line(rule.toString());
    peer("mosquitto_pub", "`mosquitto_pub -m`, QoS 0", "pub");
    peer("mosquitto_sub", "`mosquitto_sub -C 1`", "sub -C 1");
    peer("mosquitto_rr", "`mosquitto_rr`", "rr");
    peer("mosquitto", "`mosquitto`, to listening", "broker");
    peer("mqtt.js", "MQTT.js: `mqtt pub -m`, QoS 0 (aim: ≥ 2.5)", "pub");
  }

  private void peer(String name, String title, String ours) {
    if (!figures.containsKey(name)) {
      return;
    }
    StringBuilder cells = new StringBuilder("| " + title);
    for (String what : List.of(WALL, CPU, MEMORY)) {
      cells.append(" | ").append(Report.range(of(name, what)));
    }
    for (int i = 0; i < midges.size(); i++) {
      Samples midge = of(StartCases.name(i, true, ours), WALL);
      cells.append(" | ").append(Report.times(of(name, WALL).per(midge)));
    }
    line(cells + " |");
  }

  private void streams(boolean publishes, Broker.Kind at) {
    List<StreamCase> mine =
        streams.stream()
            .filter(stream -> stream.publishes() == publishes && stream.at() == at)
            .toList();
    if (mine.isEmpty()) {
      return;
    }
    title(
        (publishes ? "Lines of 64 bytes, published" : "Messages of 64 bytes, printed to a file")
            + ", at "
            + at.title());
    line(
        "| | midge, s | mosquitto, s | midge / mosquitto | aim | midge's processor time, s"
            + " | mosquitto's | midge / mosquitto | midge's peak memory, MB | mosquitto's |");
    line("|---|---|---|---|---|---|---|---|---|---|");
    for (StreamCase stream : mine) {
      String midge = stream.name() + " midge";
      String mosquitto = stream.name() + " mosquitto";
      row(
          stream.title(),
          Report.range(of(midge, "s")),
          Report.range(of(mosquitto, "s")),
          "**" + Report.times(of(midge, "s").per(of(mosquitto, "s"))) + "**",
          Double.isNaN(stream.aim()) ? "" : "≤ " + Report.number(stream.aim()),
          Report.range(of(midge, "cpu s")),
          Report.range(of(mosquitto, "cpu s")),
          Report.times(of(midge, "cpu s").per(of(mosquitto, "cpu s"))),
          Report.range(of(midge, MEMORY)),
          Report.range(of(mosquitto, MEMORY)));
    }
  }

  private Samples of(String name, String what) {
    return Samples.of(figures.getOrDefault(name, Map.of()).getOrDefault(what, List.of()));
  }

  private void title(String title) {
    line("");
    line("### " + title);
    line("");
  }

  private void row(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
