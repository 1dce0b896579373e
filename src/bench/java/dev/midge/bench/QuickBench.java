package dev.midge.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * This tree against an older one: the figures that matter, in turn, as ratios. Started by {@code
 * src/bench/quick}.
 */
public final class QuickBench {
  private static final int PAIRS = 15;
  private static final int CONNECTIONS = 1_000;
  private static final Throughput.Timing TIMING = new Throughput.Timing(1, 0.7);

  /** A tree that is measured. */
  private record Tree(Midge midge, Servers servers) {
    Tree(String launcher, String mosquitto) {
      this(new Midge(Path.of(launcher), null, true), new Servers(Path.of(launcher), mosquitto));
    }
  }

  private interface Measurement {
    double of(Tree tree) throws IOException, InterruptedException;
  }

  /**
   * One line of what is printed.
   *
   * @param isRate more is better
   * @param share of the pairs that it gets: some take long
   */
  private record Figure(
      String name, String unit, boolean isRate, double share, Measurement measurement) {}

  private final Tree mine;
  private final Tree theirs;
  private final Broker brokers;
  private final int pairs;

  private QuickBench(int pairs) {
    String mosquitto = Machine.inPath("mosquitto");
    String launcher = System.getProperty("bench.launcher");
    mine = new Tree(launcher, mosquitto);
    theirs = new Tree(System.getProperty("bench.base"), mosquitto);
    brokers = new Broker(mosquitto, Path.of(launcher));
    this.pairs = pairs;
  }

  public static void main(String[] words) throws Exception {
    int pairs = PAIRS;
    if (words.length == 2 && words[0].equals("--pairs") && words[1].matches("[1-9][0-9]{0,3}")) {
      pairs = Integer.parseInt(words[1]);
    } else if (words.length > 0) {
      System.err.println("usage: src/bench/quick COMMIT [--pairs N]     N: 15 if not told");
      System.exit(2);
    }
    System.exit(new QuickBench(pairs).run() ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    String load = Machine.loadNow();
    for (Tree tree : List.of(mine, theirs)) {
      if (!tree.midge.warmUp()) {
        System.out.println("no start-up archive could be made by " + tree.midge.launcher());
      }
    }
    System.out.println("time of this tree / time of that commit (98 % of medians); medians");
    boolean isComplete = true;
    try (Broker.Running broker = brokers.start(Broker.Kind.STOCK)) {
      StartCases starts = new StartCases(brokers, null);
      starts.at(broker);
      for (Figure figure : figures(starts)) {
        try {
          System.out.println(line(figure, measure(figure)));
        } catch (IOException e) {
          System.out.println(figure.name + ": " + e.getMessage());
          isComplete = false;
        }
      }
    }
    System.out.println("load average before: " + load + "; after: " + Machine.loadNow());
    return isComplete;
  }

  private List<Figure> figures(StartCases starts) {
    List<Figure> all = new ArrayList<>();
    all.add(start("start of pub -m", starts, "pub"));
    all.add(start("start of pub --qos=0", starts, "pub --qos=0"));
    all.add(start("start of sub -C 1", starts, "sub -C 1"));
    all.add(start("start of conn --fault", starts, "conn"));
    all.add(start("pub --help", starts, "pub --help"));
    all.add(start("broker, to listening", starts, "broker"));
    StreamCase pub = new StreamCase(true, 1, 60_000, Broker.Kind.STOCK, Double.NaN);
    all.add(stream("pub -l, QoS 1, 60,000", "pub", pub));
    StreamCase sub = new StreamCase(false, 0, 200_000, Broker.Kind.NODELAY, Double.NaN);
    all.add(stream("sub, QoS 0, 200,000", "sub", sub));
    all.add(new Figure("broker, 1 to 1, QoS 0", "/s", true, 0.5, QuickBench::deliveries));
    all.add(new Figure("broker, new connections", "/s", true, 0.5, QuickBench::connections));
    return all;
  }

  private static Figure start(String name, StartCases starts, String row) {
    return new Figure(name, "ms", false, 1, tree -> starts.of(tree.midge, row, row).start() * 1000);
  }

  private Figure stream(String name, String word, StreamCase stream) {
    return new Figure(
        name, "s", false, 0.5, tree -> stream.run(brokers, tree.midge.command(word)).get("s"));
  }

  private static double deliveries(Tree tree) throws IOException {
    return new Throughput(1, 1, 0, Double.NaN, TIMING)
        .run(tree.servers, Target.MIDGE)
        .get("deliveries/s");
  }

  /** The first ones of a broker that has just started. */
  private static double connections(Tree tree) throws IOException, InterruptedException {
    try (Server server = tree.servers.start(Target.MIDGE);
        Crowd crowd = new Crowd(server.port)) {
      Thread.sleep(300);
      return CONNECTIONS / crowd.growTo(CONNECTIONS);
    }
  }

  private Pairs measure(Figure figure) throws IOException, InterruptedException {
    int count = Math.max(1, (int) Math.ceil(pairs * figure.share));
    Pairs measured = new Pairs(count);
    for (int i = 0; i < count; i++) {
      boolean isFirst = i % 2 == 0; // nobody is always the first
      double first = figure.measurement.of(isFirst ? mine : theirs);
      double second = figure.measurement.of(isFirst ? theirs : mine);
      measured.put(i, isFirst ? first : second, isFirst ? second : first);
    }
    return measured;
  }

  /** A ratio of rates is turned round, so that more is slower in each line. */
  private static String line(Figure figure, Pairs pairs) {
    double ratio = figure.isRate ? 1 / pairs.ratio() : pairs.ratio();
    double least = figure.isRate ? 1 / pairs.most() : pairs.least();
    double most = figure.isRate ? 1 / pairs.least() : pairs.most();
    String mark = !pairs.isBeyondNoise() ? "" : ratio > 1 ? "  <-- slower" : "  <-- faster";
    return String.format(
        Locale.ROOT,
        "%-25s %5.2f × (%.2f–%.2f)  %s %s, was %s%s",
        figure.name,
        ratio,
        least,
        most,
        Cells.number(pairs.mine()),
        figure.unit,
        Cells.number(pairs.theirs()),
        mark);
  }
}
