package dev.midge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How the costs of the brokers grow: one server for each series and round, which gets more and more
 * of something; beside each size two operations are measured. Started by {@code src/bench/growth}.
 */
public final class GrowthBench {
  private static final int TIMES = 3;

  private final GrowthOptions options;
  private final Figures figures = new Figures();

  private GrowthBench(GrowthOptions options) {
    this.options = options;
  }

  public static void main(String[] words) throws Exception {
    GrowthOptions options;
    try {
      options = GrowthOptions.parse(words);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + GrowthOptions.USAGE);
      System.exit(2);
      return;
    }
    System.exit(new GrowthBench(options).run() ? 0 : 1);
  }

  /** Returns 1, 10, 100, … */
  static int[] powersOfTen(int largest) {
    return IntStream.iterate(1, size -> size <= largest, size -> size * 10).toArray();
  }

  private boolean run() throws IOException, InterruptedException {
    Machine before = Machine.now(options.launcher(), options.mosquitto());
    List<String> leftOut = new ArrayList<>();
    List<Growth> all = series(leftOut);
    if (all.isEmpty()) {
      throw new IOException("no such series: " + options.only());
    }
    Servers servers = new Servers(options.launcher(), options.mosquitto());
    List<Target> targets = new ArrayList<>(List.of(Target.MIDGE, Target.MOSQUITTO));
    targets.removeIf(target -> !servers.has(target));
    for (int round = 1; round <= options.rounds(); round++) {
      for (Growth growth : all) {
        for (Target target : targets) {
          measure(round, growth, target, servers);
        }
      }
      Collections.rotate(targets, 1);
    }
    GrowthReport report = new GrowthReport(options, before, all, figures, leftOut);
    report.page().write(options.markdown(), "growth");
    if (options.picture() != null) {
      Files.createDirectories(options.picture().toAbsolutePath().getParent());
      Files.writeString(options.picture(), new GrowthPicture(all, figures).svg());
    }
    return figures.failures().isEmpty();
  }

  private List<Growth> series(List<String> leftOut) throws IOException {
    int connections = Math.min(options.largest(), 10_000);
    while (GrowingConnections.descriptors(connections) > Machine.mostOpenFiles()) {
      leftOut.add(connections + " connections: ulimit -n is " + Machine.mostOpenFiles());
      connections /= 10;
    }
    List<Growth> all = new ArrayList<>();
    all.add(GrowingConnections.upTo(connections));
    all.add(GrowingSubscriptions.upTo(options.largest()));
    all.add(GrowingRetained.upTo(options.largest()));
    all.add(GrowingLevels.upTo(options.largest()));
    all.removeIf(one -> !options.only().isEmpty() && !options.only().contains(one.name()));
    return all;
  }

  static String key(Growth growth, int size, Target target) {
    return growth.name() + " " + size + " " + target.title;
  }

  private void measure(int round, Growth growth, Target target, Servers servers)
      throws InterruptedException {
    try (Server server = servers.start(target);
        Growth.Probe probe = growth.at(server)) {
      warmUp(probe, growth.sizes()[0], target);
      for (int size : growth.sizes()) {
        probe.growTo(size);
        Thread.sleep(200); // what a server still does then is not of interest
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("MB", server.residentMegabytes());
        measured.putAll(operations(probe, server));
        String key = key(growth, size, target);
        figures.add(key, measured);
        System.err.println(Figures.line(round, key, measured));
      }
    } catch (IOException e) {
      String what = growth.name() + ", " + target.title + ": " + e.getMessage();
      figures.failures().add(what);
      System.err.println(round + "  " + what);
    }
  }

  private void warmUp(Growth.Probe probe, int size, Target target) throws IOException {
    double seconds = target == Target.MIDGE ? options.warmUp() : 0.1;
    long end = System.nanoTime() + Throughput.nanos(seconds);
    probe.growTo(size);
    while (System.nanoTime() - end < 0) {
      probe.first();
      probe.second();
    }
  }

  private static Map<String, Double> operations(Growth.Probe probe, Server server)
      throws IOException, InterruptedException {
    double[] first = new double[TIMES];
    double[] second = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      long begin = server.workNanos();
      int count = probe.first();
      Thread.sleep(20); // connections end a little later
      first[i] = (server.workNanos() - begin) / 1e3 / count;
    }
    probe.second(); // What a broker remembers of earlier messages, the first operation ends.
    for (int i = 0; i < TIMES; i++) {
      long begin = server.workNanos();
      int count = probe.second();
      second[i] = (server.workNanos() - begin) / 1e3 / count;
    }
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put("first µs", Samples.median(first));
    measured.put("second µs", Samples.median(second));
    return measured;
  }
}
