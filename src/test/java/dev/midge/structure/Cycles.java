package dev.midge.structure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the nodes of a graph that reach each other both ways, directly or round a circle. */
public final class Cycles {
  private Cycles() {}

  /** Returns the groups of nodes of which each reaches all the others. */
  public static List<Set<String>> in(Map<String, Set<String>> arrows) {
    Map<String, Set<String>> reached = new TreeMap<>();
    for (String node : arrows.keySet()) {
      reached.put(node, reach(node, arrows));
    }
    List<Set<String>> groups = new ArrayList<>();
    Set<String> grouped = new HashSet<>();
    for (String node : reached.keySet()) {
      if (reached.get(node).contains(node) && grouped.add(node)) {
        Set<String> group = new TreeSet<>(Set.of(node));
        for (String other : reached.get(node)) {
          if (reached.getOrDefault(other, Set.of()).contains(node)) {
            group.add(other);
          }
        }
        grouped.addAll(group);
        groups.add(group);
      }
    }
    return groups;
  }

  private static Set<String> reach(String from, Map<String, Set<String>> arrows) {
    Set<String> reached = new HashSet<>();
    List<String> next = new ArrayList<>(arrows.get(from));
    while (!next.isEmpty()) {
      String node = next.remove(next.size() - 1);
      if (reached.add(node)) {
        next.addAll(arrows.getOrDefault(node, Set.of()));
      }
    }
    return reached;
  }
}
