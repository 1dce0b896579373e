package dev.midge.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The benchmark of the brokers: every scenario in every round against each broker in turn, a fresh
 * one each time, so that all of them see the same weather. Started by {@code src/bench/broker}.
 */
public final class Bench {
  private Bench() {}

  public static void main(String[] words) throws Exception {
    if (words.length == 2 && words[0].equals("mirror")) {
      Mirror.serve(Integer.parseInt(words[1]));
      return;
    }
    Options options;
    try {
      options = Options.parse(words);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    List<Scenario> scenarios = new ArrayList<>(scenarios(options.timing()));
    scenarios.removeIf(scenario -> !options.wants(scenario.name()));
    if (scenarios.isEmpty()) {
      System.err.println("no such scenario; there are:");
      scenarios(options.timing()).forEach(scenario -> System.err.println("  " + scenario.name()));
      System.exit(2);
    }
    Machine before = Machine.now(options.launcher(), options.mosquitto());
    Servers servers = new Servers(options.launcher(), options.mosquitto());
    Figures figures = new Figures();
    for (int round = 1; round <= options.rounds(); round++) {
      for (Scenario scenario : scenarios) {
        runAll(scenario, round, servers, figures);
      }
    }
    new Report(options, before, scenarios, figures).page().write(options.markdown(), "measured");
    System.exit(figures.failures().isEmpty() ? 0 : 1);
  }

  private static void runAll(Scenario scenario, int round, Servers servers, Figures figures)
      throws InterruptedException {
    List<Target> targets = new ArrayList<>(scenario.targets());
    targets.removeIf(target -> !servers.has(target));
    if (round > 1) {
      targets.remove(Target.MIRROR); // It judges the driver, not a broker: once is enough.
    }
    Collections.rotate(targets, round - 1); // nobody is always the first
    Map<Target, Map<String, Double>> all = new EnumMap<>(Target.class);
    for (Target target : targets) {
      try {
        Map<String, Double> measured = scenario.run(servers, target);
        all.put(target, measured);
        System.err.println(Figures.line(round, Figures.key(scenario, target), measured));
      } catch (IOException | RuntimeException e) {
        String what = scenario.name() + ", " + target.title + ": " + e;
        figures.failures().add(what);
        System.err.println(round + "  " + what);
        return; // who was measured without the other cannot be compared
      }
    }
    all.forEach((target, measured) -> figures.add(Figures.key(scenario, target), measured));
  }

  private static List<Scenario> scenarios(Throughput.Timing timing) {
    double none = Double.NaN;
    return List.of(
        new Throughput(1, 1, 0, 50, timing),
        new Throughput(1, 1, 1, 8, timing),
        new Throughput(1, 1, 2, 8, timing),
        new Throughput(1, 20, 0, 100, timing),
        new Throughput(1, 20, 1, none, timing),
        new Throughput(1, 20, 2, none, timing),
        new Throughput(20, 1, 0, 50, timing),
        new Throughput(20, 1, 1, none, timing),
        new Throughput(20, 1, 2, none, timing),
        new Latency(0, timing),
        new Latency(1, timing),
        new Latency(2, timing),
        new IdleConnections(),
        new StartUp(),
        new RetainedTopics(),
        new ManySubscriptions(timing));
  }
}
