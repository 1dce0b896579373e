package dev.midge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The figures as Markdown. */
final class Report {
  private static final String NAME = "measured";

  private final Options options;
  private final Machine before;
  private final List<Scenario> scenarios;
  private final Bench.Figures figures;
  private final StringBuilder text = new StringBuilder();

  Report(Options options, Machine before, List<Scenario> scenarios, Bench.Figures figures) {
    this.options = options;
    this.before = before;
    this.scenarios = scenarios;
    this.figures = figures;
  }

  /** Puts the report into a file between the marks, or makes the file. */
  static void write(Path file, String report) throws IOException {
    write(file, NAME, report);
  }

  /** The same with marks of that name. */
  static void write(Path file, String name, String report) throws IOException {
    String beginMark = "<!-- " + name + ": begin -->";
    String endMark = "<!-- " + name + ": end -->";
    String old = Files.exists(file) ? Files.readString(file) : beginMark + "\n" + endMark + "\n";
    int begin = old.indexOf(beginMark);
    int end = old.indexOf(endMark);
    if (begin < 0 || end < begin) {
      throw new IOException(file + " has no marks " + beginMark + " and " + endMark);
    }
    String head = old.substring(0, begin + beginMark.length());
    Files.writeString(file, head + "\n" + report + old.substring(end));
  }

  String text() {
    machine();
    throughput();
    work();
    latency();
    table(
        "1,000 idle connections",
        IdleConnections.class,
        new Column("connections a second", "connections/s", true),
        new Column("processor time for that, ms", "connect cpu ms", false),
        new Column("resident before, MB", "before MB", false),
        new Column("resident 2 s later, MB", "resident MB", false));
    start();
    table(
        "100,000 retained topics and a subscriber to `#`, QoS 0",
        RetainedTopics.class,
        new Column("stored a second", "stored/s", true),
        new Column("ms until all are delivered", "to # ms", false),
        new Column("resident before, MB", "before MB", false),
        new Column("with the messages, MB", "kept MB", false),
        new Column("most, MB", "peak MB", false));
    table(
        "100,000 subscriptions with wildcards, of 20 clients",
        ManySubscriptions.class,
        new Column("subscribed a second", "subscribed/s", true),
        new Column("deliveries a second", "deliveries/s", true),
        new Column("resident before, MB", "before MB", false),
        new Column("with the subscriptions, MB", "kept MB", false),
        new Column("most, MB", "peak MB", false));
    for (String failure : figures.failures()) {
      line("Failed: " + failure);
    }
    return text.toString();
  }

  private void machine() {
    line("");
    line(
        "Measured on "
            + before.date()
            + ", midge "
            + before.midge()
            + ", Java "
            + before.java()
            + ", "
            + (before.mosquitto() == null ? "**no mosquitto on this machine**" : before.mosquitto())
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
            + "; "
            + number(options.timing().seconds())
            + " s measured after "
            + number(options.timing().warmUp())
            + " s of warm-up.");
    if (before.mosquitto() == null) {
      line("");
      line("Left out: everything of mosquitto, and so every ratio.");
    }
  }

  private void throughput() {
    List<Throughput> rows = of(Throughput.class);
    if (rows.isEmpty()) {
      return;
    }
    title("Deliveries a second");
    line("| | midge | mosquitto | midge / mosquitto | aim | mirror / midge | driver busy | lost |");
    line("|---|---|---|---|---|---|---|---|");
    for (Throughput row : rows) {
      Samples midge = figures.of(row, Target.MIDGE, "deliveries/s");
      Samples mosquitto = figures.of(row, Target.MOSQUITTO, "deliveries/s");
      Samples mirror = figures.of(row, Target.MIRROR, "deliveries/s");
      row(
          row.title(),
          range(midge),
          range(mosquitto),
          "**" + times(midge.per(mosquitto)) + "**",
          Double.isNaN(row.aim()) ? "" : "≥ " + number(row.aim()),
          times(mirror.per(midge)),
          percent(figures.of(row, Target.MIDGE, "driver cpu"))
              + " · "
              + percent(figures.of(row, Target.MOSQUITTO, "driver cpu")),
          number(figures.of(row, Target.MIDGE, "lost").most())
              + " · "
              + number(figures.of(row, Target.MOSQUITTO, "lost").most()));
    }
  }

  private void work() {
    List<Throughput> rows = of(Throughput.class);
    if (rows.isEmpty()) {
      return;
    }
    title("The same runs: deliveries per second of the broker's processor time, and its memory");
    line(
        "| | midge | mosquitto | midge / mosquitto | midge busy | mosquitto busy "
            + "| midge: most resident, MB | mosquitto |");
    line("|---|---|---|---|---|---|---|---|");
    for (Throughput row : rows) {
      Samples midge = figures.of(row, Target.MIDGE, "deliveries/cpu-s");
      Samples mosquitto = figures.of(row, Target.MOSQUITTO, "deliveries/cpu-s");
      row(
          row.title(),
          range(midge),
          range(mosquitto),
          times(midge.per(mosquitto)),
          percent(figures.of(row, Target.MIDGE, "broker cpu")),
          percent(figures.of(row, Target.MOSQUITTO, "broker cpu")),
          range(figures.of(row, Target.MIDGE, "peak MB")),
          range(figures.of(row, Target.MOSQUITTO, "peak MB")));
    }
  }

  private void latency() {
    List<Latency> rows = of(Latency.class);
    if (rows.isEmpty()) {
      return;
    }
    title("Latency at 4,000 messages a second, in µs");
    line("| | midge | mosquitto | midge / mosquitto | the mirror, for comparison |");
    line("|---|---|---|---|---|");
    for (Latency row : rows) {
      for (String what : List.of("p50 µs", "p99 µs")) {
        Samples midge = figures.of(row, Target.MIDGE, what);
        Samples mosquitto = figures.of(row, Target.MOSQUITTO, what);
        row(
            "QoS " + row.qos() + ", " + what.substring(0, 3),
            range(midge),
            range(mosquitto),
            times(midge.per(mosquitto)),
            range(figures.of(row, Target.MIRROR, what)));
      }
    }
  }

  private void start() {
    for (StartUp row : of(StartUp.class)) {
      title("Exec to listening");
      Samples midge = figures.of(row, Target.MIDGE, "ms");
      Samples bare = figures.of(row, Target.BARE_JVM, "ms");
      line("| | ms | times the bare JVM | resident, MB |");
      line("|---|---|---|---|");
      row(
          "midge",
          range(midge),
          times(midge.per(bare)),
          range(figures.of(row, Target.MIDGE, "resident MB")));
      row("bare JVM, exec to exit", range(bare), "", "");
      row(
          "mosquitto",
          range(figures.of(row, Target.MOSQUITTO, "ms")),
          "",
          range(figures.of(row, Target.MOSQUITTO, "resident MB")));
    }
  }

  /**
   * A row of a table with one line per figure.
   *
   * @param moreIsBetter how the ratio is to be read
   */
  private record Column(String title, String name, boolean moreIsBetter) {}

  private void table(String title, Class<? extends Scenario> kind, Column... columns) {
    for (Scenario scenario : of(kind)) {
      title(title);
      line("| | midge | mosquitto | midge / mosquitto |");
      line("|---|---|---|---|");
      for (Column column : columns) {
        Samples midge = figures.of(scenario, Target.MIDGE, column.name);
        Samples mosquitto = figures.of(scenario, Target.MOSQUITTO, column.name);
        String ratio = times(midge.per(mosquitto));
        row(
            column.title,
            range(midge),
            range(mosquitto),
            column.moreIsBetter ? "**" + ratio + "**" : ratio);
      }
    }
  }

  private <T extends Scenario> List<T> of(Class<T> kind) {
    return scenarios.stream().filter(kind::isInstance).map(kind::cast).toList();
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

  /** Median, and least to most. */
  static String range(Samples samples) {
    if (samples.isEmpty()) {
      return "–";
    }
    String middle = number(samples.median());
    return samples.values().length == 1
        ? middle
        : middle + " (" + number(samples.least()) + "–" + number(samples.most()) + ")";
  }

  static String times(Samples ratios) {
    if (ratios.isEmpty()) {
      return "–";
    }
    String middle = number(ratios.median()) + " ×";
    return ratios.values().length == 1
        ? middle
        : middle + " (" + number(ratios.least()) + "–" + number(ratios.most()) + ")";
  }

  private static String percent(Samples shares) {
    return shares.isEmpty() ? "–" : Math.round(100 * shares.median()) + " %";
  }

  /** Three digits that matter, at least. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    double size = Math.abs(value);
    if (size == Math.rint(size) || size >= 100) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
  }
}
