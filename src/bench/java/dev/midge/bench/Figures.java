package dev.midge.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds all that was measured, round by round, and what failed. */
final class Figures {
  private final Map<String, Map<String, List<Double>>> all = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  /** Returns the name under which what a scenario gave is kept. */
  static String key(Scenario scenario, Target target) {
    return scenario.name() + " " + target.title;
  }

  void add(String key, Map<String, Double> measured) {
    Map<String, List<Double>> mine = all.computeIfAbsent(key, name -> new LinkedHashMap<>());
    measured.forEach(
        (what, value) -> mine.computeIfAbsent(what, name -> new ArrayList<>()).add(value));
  }

  /** Takes back what was added last. */
  void forgetLast(String key) {
    all.get(key).values().forEach(values -> values.remove(values.size() - 1));
  }

  boolean has(String key) {
    return all.containsKey(key);
  }

  Samples of(String key, String what) {
    return Samples.of(all.getOrDefault(key, Map.of()).getOrDefault(what, List.of()));
  }

  Samples of(Scenario scenario, Target target, String what) {
    return of(key(scenario, target), what);
  }

  List<String> failures() {
    return failures;
  }

  /** Returns a line of progress. */
  static String line(int round, String name, Map<String, Double> measured) {
    StringBuilder line = new StringBuilder(String.format("%d  %-32s", round, name));
    measured.forEach(
        (what, value) -> line.append("  ").append(what).append(' ').append(Cells.number(value)));
    return line.toString();
  }
}
