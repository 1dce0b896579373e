package dev.midge.broker;

import dev.midge.broker.core.Memory;
import java.lang.ref.WeakReference;

/**
 * The memory of this JVM: short when less than a quarter of the heap is left after a collection.
 * Used memory includes garbage until there is a collection; so when memory seems to be short, a
 * collection is requested, but so seldom that it takes only a small part of the time. For one
 * thread.
 */
final class HeapMemory implements Memory {
  /** Percent of the heap above which memory is short. */
  private static final int MAX_PERCENT = 75;

  /** The pause after a collection, as a multiple of its own time, within the limits below. */
  private static final int PAUSE_FACTOR = 20;

  private static final long MIN_PAUSE = 500_000_000L;

  /** Bounds the time for which new clients are refused memory that others no longer use. */
  private static final long MAX_PAUSE = 2_000_000_000L;

  private final Runtime runtime = Runtime.getRuntime();
  private final long limit = runtime.maxMemory() / 100 * MAX_PERCENT;
  private WeakReference<Object> uncollected = new WeakReference<>(new Object());
  private long live; // after the last collection, as far as is known
  private long nextCollection = System.nanoTime();

  @Override
  public boolean isShort() {
    long used = used();
    if (used < limit) {
      return false;
    }
    if (uncollected.get() == null) {
      // The JVM has collected by itself since the last look, perhaps only the youngest part.
      uncollected = new WeakReference<>(new Object());
      live = used;
    }
    // New objects may be garbage or not; when they could fill half of the rest, a look is needed.
    boolean uncertain = live >= limit || used - live > (runtime.maxMemory() - live) / 2;
    if (uncertain && System.nanoTime() - nextCollection >= 0) {
      collect();
    }
    return live >= limit;
  }

  /** Returns how many bytes of the heap are used, garbage included. */
  long used() {
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void collect() {
    long begin = System.nanoTime();
    System.gc();
    long end = System.nanoTime();
    nextCollection = end + Math.min(MAX_PAUSE, Math.max(MIN_PAUSE, (end - begin) * PAUSE_FACTOR));
    uncollected = new WeakReference<>(new Object());
    live = used();
  }
}
