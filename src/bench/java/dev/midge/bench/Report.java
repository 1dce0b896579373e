package dev.midge.bench;

import java.util.ArrayList;
import java.util.List;

/** The figures of the brokers as Markdown. */
final class Report {
  private final Options options;
  private final Machine before;
  private final List<Scenario> scenarios;
  private final Figures figures;
  private final Page page = new Page();
  private final Aims aims = new Aims();

  Report(Options options, Machine before, List<Scenario> scenarios, Figures figures) {
    this.options = options;
    this.before = before;
    this.scenarios = scenarios;
    this.figures = figures;
  }

  Page page() {
    page.paragraph(
        before.sentence("src/bench/broker", options.words())
            + " Rounds: "
            + options.rounds()
            + "; "
            + Cells.number(options.timing().seconds())
            + " s measured after "
            + Cells.number(options.timing().warmUp())
            + " s of warm-up.");
    if (before.mosquitto() == null) {
      page.paragraph("Left out: everything of mosquitto, and so every ratio.");
    }
    throughput();
    work();
    latency();
    idle();
    start();
    retained();
    subscriptions();
    aims.writeTo(page);
    for (String failure : figures.failures()) {
      page.paragraph("Failed: " + failure);
    }
    return page;
  }

  private void throughput() {
    List<Throughput> rows = of(Throughput.class);
    if (rows.isEmpty()) {
      return;
    }
    page.title("Deliveries a second");
    page.head(
        "",
        "midge",
        "mosquitto as it comes",
        "midge / that",
        "with `set_tcp_nodelay true`",
        "midge / that",
        "peak memory, MB: midge · mosquitto · nodelay",
        "lost");
    for (Throughput row : rows) {
      ratios(row, "deliveries/s", row.title(), peaks(row), most(row, "lost"));
      aims.atLeast(row.title() + ", deliveries against mosquitto's", ratio(row), " ×", row.aim());
      if (!Double.isNaN(row.aim())) {
        Samples peak = figures.of(row, Target.MIDGE, "peak MB");
        aims.atMost(row.title() + ", peak memory", peak, " MB", 64);
      }
    }
  }

  private Samples ratio(Throughput row) {
    return ratio(row, "deliveries/s", Target.MOSQUITTO);
  }

  private Samples ratio(Scenario row, String what, Target to) {
    return figures.of(row, Target.MIDGE, what).per(figures.of(row, to, what));
  }

  /** Writes a row of midge and both mosquittos. */
  private void ratios(Scenario row, String what, String title, String... more) {
    List<String> cells = new ArrayList<>();
    cells.add(title);
    cells.add(Cells.range(figures.of(row, Target.MIDGE, what)));
    for (Target peer : List.of(Target.MOSQUITTO, Target.NODELAY)) {
      String ratio = Cells.times(ratio(row, what, peer));
      cells.add(Cells.range(figures.of(row, peer, what)));
      cells.add(peer == Target.MOSQUITTO ? Cells.bold(ratio) : ratio);
    }
    cells.addAll(List.of(more));
    page.row(cells);
  }

  private Samples[] ofAll(Scenario row, String what) {
    return new Samples[] {
      figures.of(row, Target.MIDGE, what),
      figures.of(row, Target.MOSQUITTO, what),
      figures.of(row, Target.NODELAY, what)
    };
  }

  private String peaks(Scenario row) {
    return Cells.medians(ofAll(row, "peak MB"));
  }

  private String most(Scenario row, String what) {
    List<String> all = new ArrayList<>();
    for (Samples one : ofAll(row, what)) {
      all.add(Cells.number(one.most()));
    }
    return String.join(" · ", all);
  }

  private void work() {
    List<Throughput> rows = of(Throughput.class);
    if (rows.isEmpty()) {
      return;
    }
    page.title("The same runs: deliveries per second of the broker's processor time");
    page.head(
        "",
        "midge",
        "mosquitto as it comes",
        "midge / that",
        "with `set_tcp_nodelay true`",
        "midge / that",
        "busy: midge · mosquitto · nodelay",
        "driver busy",
        "mirror / midge");
    for (Throughput row : rows) {
      Samples mirror = figures.of(row, Target.MIRROR, "deliveries/s");
      ratios(
          row,
          "deliveries/cpu-s",
          row.title(),
          Cells.percents(ofAll(row, "broker cpu")),
          Cells.percents(ofAll(row, "driver cpu")),
          Cells.times(mirror.per(figures.of(row, Target.MIDGE, "deliveries/s"))));
    }
  }

  private void latency() {
    List<Latency> rows = of(Latency.class);
    if (rows.isEmpty()) {
      return;
    }
    page.title("Latency at 4,000 messages a second, in µs");
    page.head(
        "",
        "midge",
        "mosquitto as it comes",
        "midge / that",
        "with `set_tcp_nodelay true`",
        "midge / that",
        "the mirror, for comparison",
        "peak memory, MB: midge · mosquitto · nodelay");
    for (Latency row : rows) {
      for (String what : List.of("p50 µs", "p99 µs")) {
        String title = "QoS " + row.qos() + ", " + what.substring(0, 3);
        ratios(row, what, title, Cells.range(figures.of(row, Target.MIRROR, what)), peaks(row));
        for (Target peer : List.of(Target.MOSQUITTO, Target.NODELAY)) {
          String against = peer == Target.MOSQUITTO ? "mosquitto's" : "that with nodelay";
          aims.atMost(
              "latency, " + title + ", against " + against, ratio(row, what, peer), " ×", 1);
        }
      }
    }
  }

  private void idle() {
    for (IdleConnections row : of(IdleConnections.class)) {
      table("1,000 idle connections");
      rates(row, "connections a second", "connections/s");
      line(row, "processor time of the first 1,000, ms", "connect cpu ms", Double.NaN);
      line(row, "resident before, MB", "before MB", Double.NaN);
      line(row, "resident 2 s after the first 1,000, MB", "resident MB", Double.NaN);
      Samples resident = figures.of(row, Target.MIDGE, "resident MB");
      aims.atMost("resident with 1,000 idle connections", resident, " MB", 45);
    }
  }

  private void start() {
    for (StartUp row : of(StartUp.class)) {
      page.title("Exec to listening");
      Samples midge = figures.of(row, Target.MIDGE, "ms");
      Samples bare = figures.of(row, Target.BARE_JVM, "ms");
      page.head("", "ms", "times the bare JVM", "resident, MB");
      page.row(
          "midge",
          Cells.range(midge),
          Cells.times(midge.per(bare)),
          Cells.range(figures.of(row, Target.MIDGE, "resident MB")));
      page.row("bare JVM, exec to exit", Cells.range(bare), "", "");
      page.row(
          "mosquitto",
          Cells.range(figures.of(row, Target.MOSQUITTO, "ms")),
          "",
          Cells.range(figures.of(row, Target.MOSQUITTO, "resident MB")));
      aims.atMost("exec to listening, against a bare JVM", midge.per(bare), " ×", 1.7);
    }
  }

  private void retained() {
    for (RetainedTopics row : of(RetainedTopics.class)) {
      table("100,000 retained topics and a subscriber to `#`, QoS 0");
      rates(row, "stored a second", "stored/s");
      line(row, "ms until all are delivered", "to # ms", Double.NaN);
      memory(row, "messages");
    }
  }

  private void subscriptions() {
    for (ManySubscriptions row : of(ManySubscriptions.class)) {
      table("100,000 subscriptions with wildcards, of 20 clients");
      rates(row, "subscribed a second", "subscribed/s");
      line(row, "deliveries a second", "deliveries/s", Double.NaN);
      memory(row, "subscriptions");
    }
  }

  /** Writes a rate, of a broker that has just started and of one that is warm. */
  private void rates(Scenario row, String title, String what) {
    line(row, title + ", just started", what, 0.6);
    line(row, title + ", once warm", "warm " + what, 1);
  }

  /** Writes the memory before and with what the broker was given. */
  private void memory(Scenario row, String given) {
    line(row, "resident before, MB", "before MB", Double.NaN);
    line(row, "with the " + given + ", MB", "kept MB", Double.NaN);
    line(row, "peak, MB", "peak MB", Double.NaN);
  }

  private void table(String title) {
    page.title(title);
    page.head("", "midge", "mosquitto", "midge / mosquitto");
  }

  /**
   * Writes a figure of a table with one line per figure.
   *
   * @param aim the least ratio; not a number if there is none
   */
  private void line(Scenario row, String title, String what, double aim) {
    Samples ratio = ratio(row, what, Target.MOSQUITTO);
    boolean isRate = what.endsWith("/s");
    page.row(
        title,
        Cells.range(figures.of(row, Target.MIDGE, what)),
        Cells.range(figures.of(row, Target.MOSQUITTO, what)),
        isRate ? Cells.bold(Cells.times(ratio)) : Cells.times(ratio));
    aims.atLeast(row.name() + ": " + title + ", against mosquitto's", ratio, " ×", aim);
  }

  private <T extends Scenario> List<T> of(Class<T> kind) {
    return scenarios.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
