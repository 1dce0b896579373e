package dev.midge.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The figures of the clients as Markdown. */
final class ClientReport {
  private static final String WALL = "ms";
  private static final String CPU = "cpu ms";
  private static final String CPU_SECONDS = "cpu s";
  private static final String MEMORY = "MB";

  private final ClientOptions options;
  private final Machine before;
  private final List<Midge> midges;
  private final List<StreamCase> streams;
  private final Figures figures;
  private final List<String> leftOut;
  private final Page page = new Page();
  private final Aims aims = new Aims();

  ClientReport(
      ClientOptions options,
      Machine before,
      List<Midge> midges,
      List<StreamCase> streams,
      Figures figures,
      List<String> leftOut) {
    this.options = options;
    this.before = before;
    this.midges = midges;
    this.streams = streams;
    this.figures = figures;
    this.leftOut = leftOut;
  }

  Page page() throws IOException {
    page.paragraph(
        before.sentence("src/bench/clients", options.words())
            + " Rounds: "
            + options.rounds()
            + "; starts of each program in a round: "
            + options.starts()
            + "; rounds of the streams of a million: "
            + options.longRounds()
            + ".");
    if (!leftOut.isEmpty()) {
      page.paragraph("Left out: " + String.join("; ", leftOut) + ".");
    }
    for (int i = 0; i < midges.size(); i++) {
      if (figures.has(StartRow.key(i, true, StartRow.BARE))) {
        starts(i);
      }
    }
    peers();
    for (Broker.Kind at : Broker.Kind.values()) {
      streams(true, at);
      streams(false, at);
    }
    aims.writeTo(page);
    for (String failure : figures.failures()) {
      page.paragraph("Failed: " + failure);
    }
    return page;
  }

  private void starts(int java) throws IOException {
    String version = midges.get(java).version();
    page.title("From exec to exit, Java " + version);
    page.head(
        "",
        "wall, ms",
        "times the bare JVM",
        "peak memory, MB",
        "processor time, ms",
        "times the bare JVM's",
        "without the archive: wall",
        "peak memory, MB");
    String bare = StartRow.key(java, true, StartRow.BARE);
    page.row("bare JVM", range(bare, WALL), "", range(bare, MEMORY), range(bare, CPU), "", "", "");
    for (StartRow row : StartRow.ALL) {
      String warm = row.key(java, true);
      String off = row.key(java, false);
      page.row(
          row.title(),
          range(warm, WALL),
          Cells.bold(Cells.times(ratio(warm, bare, WALL))),
          range(warm, MEMORY),
          range(warm, CPU),
          Cells.times(ratio(warm, bare, CPU)),
          row.alsoWithout() ? Cells.times(ratio(off, bare, WALL)) : "",
          row.alsoWithout() ? range(off, MEMORY) : "");
      String than = StartRow.key(java, true, row.than());
      aims.atMost(
          row.title()
              + ", against "
              + (row.than().equals(StartRow.BARE) ? "a bare JVM" : "the plain line")
              + ", Java "
              + version.replaceAll("\\D.*", ""),
          ratio(warm, than, WALL),
          " ×",
          row.aim());
    }
  }

  private void peers() throws IOException {
    if (!figures.has("mosquitto_pub") && !figures.has("mqtt.js")) {
      return;
    }
    page.title("The peers' starts in the same rounds");
    List<String> head =
        new ArrayList<>(List.of("", "wall, ms", "processor time, ms", "peak memory, MB"));
    for (Midge midge : midges) {
      head.add("its wall time / midge's, Java " + midge.version());
    }
    page.head(head.toArray(new String[0]));
    peer("mosquitto_pub", "`mosquitto_pub -m`, QoS 0", "pub");
    peer("mosquitto_sub", "`mosquitto_sub -C 1`", "sub -C 1");
    peer("mosquitto_rr", "`mosquitto_rr`", "rr");
    peer("mosquitto", "`mosquitto`, to listening", "broker");
    peer("mqtt.js", "MQTT.js: `mqtt pub -m`, QoS 0", "pub");
  }

  private void peer(String name, String title, String ours) {
    if (!figures.has(name)) {
      return;
    }
    List<String> cells = new ArrayList<>(List.of(title));
    for (String what : List.of(WALL, CPU, MEMORY)) {
      cells.add(range(name, what));
    }
    for (int i = 0; i < midges.size(); i++) {
      cells.add(Cells.times(ratio(name, StartRow.key(i, true, ours), WALL)));
    }
    page.row(cells);
  }

  private void streams(boolean publishes, Broker.Kind at) {
    List<StreamCase> mine =
        streams.stream()
            .filter(stream -> stream.publishes() == publishes && stream.at() == at)
            .toList();
    if (mine.isEmpty()) {
      return;
    }
    page.title(
        (publishes ? "Lines of 64 bytes, published" : "Messages of 64 bytes, printed to a file")
            + ", at "
            + at.title());
    page.head(
        "",
        "midge, s",
        "mosquitto's tool, s",
        "midge / mosquitto",
        "peak memory, MB: midge · mosquitto",
        "midge's processor time, s",
        "mosquitto's",
        "midge / mosquitto");
    for (StreamCase stream : mine) {
      String midge = stream.name() + " midge";
      String mosquitto = stream.name() + " mosquitto";
      page.row(
          stream.title(),
          range(midge, "s"),
          range(mosquitto, "s"),
          Cells.bold(Cells.times(ratio(midge, mosquitto, "s"))),
          Cells.medians(figures.of(midge, MEMORY), figures.of(mosquitto, MEMORY)),
          range(midge, CPU_SECONDS),
          range(mosquitto, CPU_SECONDS),
          Cells.times(ratio(midge, mosquitto, CPU_SECONDS)));
      String title = stream.title() + ", at " + at.title();
      aims.atMost(
          title + ", against mosquitto's tool", ratio(midge, mosquitto, "s"), " ×", stream.aim());
      if (publishes) {
        aims.atMost(title + ", peak memory", figures.of(midge, MEMORY), " MB", 64);
      }
    }
  }

  private String range(String key, String what) {
    return Cells.range(figures.of(key, what));
  }

  private Samples ratio(String key, String other, String what) {
    return figures.of(key, what).per(figures.of(other, what));
  }
}
