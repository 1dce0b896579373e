package dev.midge.fault.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** Holds what all connections of a plan share. For several threads. */
final class PlanState {
  private final long seed;
  private final LongSupplier clock;
  private final List<PlannedFault> faults = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> connections = new HashMap<>();

  PlanState(long seed, LongSupplier clock) {
    this.seed = seed;
    this.clock = clock;
  }

  /** Returns the faults that are not cleared: a list that follows the plan. */
  List<PlannedFault> faults() {
    return faults;
  }

  long seed() {
    return seed;
  }

  /** Returns the time in nanoseconds. */
  long now() {
    return clock.getAsLong();
  }

  /** Returns the number of the connection among those of that client, from 1. */
  synchronized int numberOf(String client) {
    return connections.merge(client, 1, Integer::sum);
  }

  /**
   * Returns a number from 0 (inclusive) to 1 (exclusive) that depends on nothing but the seed and
   * the words, so that it does not matter which of two threads asks first.
   */
  double chance(Object... words) {
    long hash = seed;
    for (Object word : words) {
      String text = String.valueOf(word);
      for (int i = 0; i < text.length(); i++) {
        hash = mix(hash + text.charAt(i) + 1);
      }
      hash = mix(hash ^ 0x9E3779B97F4A7C15L);
    }
    return (hash >>> 11) * 0x1.0p-53;
  }

  /** The mixing step of SplitMix64. */
  private static long mix(long number) {
    long z = (number ^ number >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
