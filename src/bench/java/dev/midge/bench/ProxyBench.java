package dev.midge.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What midge's proxy costs: each scenario against mosquitto, directly and through the proxy, in
 * turn. Started by {@code src/bench/proxy}.
 */
public final class ProxyBench {
  private static final List<Target> TARGETS = List.of(Target.NODELAY, Target.PROXIED);

  private ProxyBench() {}

  public static void main(String[] words) throws Exception {
    Options options;
    try {
      options = Options.parse(words);
    } catch (IllegalArgumentException e) {
      System.err.println(
          e.getMessage() + "\n" + Options.USAGE.replace("bench/broker", "bench/proxy"));
      System.exit(2);
      return;
    }
    Throughput.Timing timing = options.timing();
    Map<Scenario, String> scenarios = new LinkedHashMap<>();
    for (int qos = 0; qos <= 2; qos++) {
      scenarios.put(new Throughput(1, 1, qos, Double.NaN, timing), "deliveries/s");
    }
    scenarios.put(new Throughput(1, 20, 0, Double.NaN, timing), "deliveries/s");
    scenarios.put(new Throughput(20, 1, 0, Double.NaN, timing), "deliveries/s");
    scenarios.put(new Latency(0, timing), "p99 µs");
    scenarios.put(new Latency(1, timing), "p99 µs");
    scenarios.keySet().removeIf(scenario -> !options.wants(scenario.name()));
    Servers servers = new Servers(options.launcher(), options.mosquitto());
    Map<Scenario, Map<Target, List<Double>>> figures = new LinkedHashMap<>();
    for (int round = 0; round < options.rounds(); round++) {
      for (Map.Entry<Scenario, String> entry : scenarios.entrySet()) {
        List<Target> targets = new ArrayList<>(TARGETS);
        Collections.rotate(targets, round);
        for (Target target : targets) {
          Map<String, Double> measured = entry.getKey().run(servers, target);
          System.err.println(entry.getKey().name() + " " + target.title + " " + measured);
          figures
              .computeIfAbsent(entry.getKey(), key -> new EnumMap<>(Target.class))
              .computeIfAbsent(target, key -> new ArrayList<>())
              .add(measured.get(entry.getValue()));
        }
      }
    }
    System.out.println("| | figure | direct | through the proxy | difference, round by round |");
    System.out.println("|---|---|---|---|---|");
    figures.forEach((scenario, all) -> System.out.println(row(scenario, scenarios, all)));
    System.exit(0); // The timer that ends runs which hang has a thread of its own.
  }

  private static String row(
      Scenario scenario, Map<Scenario, String> names, Map<Target, List<Double>> all) {
    Samples direct = Samples.of(all.get(Target.NODELAY));
    Samples proxied = Samples.of(all.get(Target.PROXIED));
    String difference;
    if (scenario instanceof Latency) {
      double[] added = new double[direct.values().length];
      for (int i = 0; i < added.length; i++) {
        added[i] = (proxied.values()[i] - direct.values()[i]) / 1000;
      }
      Samples more = new Samples(added);
      difference = String.format("+%.2f ms (%.2f–%.2f)", more.median(), more.least(), more.most());
    } else {
      Samples ratio = proxied.per(direct);
      difference = String.format("%.2f × (%.2f–%.2f)", ratio.median(), ratio.least(), ratio.most());
    }
    return String.format(
        "| %s | %s | %.0f | %.0f | %s |",
        scenario.name(), names.get(scenario), direct.median(), proxied.median(), difference);
  }
}
