package dev.midge.broker;

import dev.midge.broker.core.Memory;
import java.lang.ref.WeakReference;

/**
 * The memory of this JVM: short when less than a quarter of the heap is left after a collection.
 * What is used includes garbage until something is collected; so when it seems to be short, a
 * collection is asked for, but so seldom that it takes no more than a small part of the time. For
 * one thread.
 */
final class HeapMemory implements Memory {
  /** Percent of the heap in use that are too much. */
  private static final int MOST = 75;

  /** A collection may take this part of the time, as long as the pause is not too long for it. */
  private static final int SHARE = 20;

  private static final long LEAST_PAUSE = 500_000_000L;

  /** Bounds the time for which newcomers are refused what others no longer use. */
  private static final long MOST_PAUSE = 2_000_000_000L;

  private final Runtime runtime = Runtime.getRuntime();
  private final long most = runtime.maxMemory() / 100 * MOST;
  private WeakReference<Object> uncollected = new WeakReference<>(new Object());
  private long live; // after the last collection, as far as is known
  private long nextCollection = System.nanoTime();

  @Override
  public boolean isShort() {
    long used = used();
    if (used < most) {
      return false;
    }
    if (uncollected.get() == null) {
      // Not long ago the JVM has collected by itself, perhaps only the youngest part.
      uncollected = new WeakReference<>(new Object());
      live = used;
    }
    // What came since the last look may be garbage, or not; nearly all of it is not to be risked.
    boolean doubtful = live >= most || used - live > (runtime.maxMemory() - live) / 2;
    if (doubtful && System.nanoTime() - nextCollection >= 0) {
      collect();
    }
    return live >= most;
  }

  private long used() {
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void collect() {
    long begin = System.nanoTime();
    System.gc();
    long end = System.nanoTime();
    nextCollection = end + Math.min(MOST_PAUSE, Math.max(LEAST_PAUSE, (end - begin) * SHARE));
    uncollected = new WeakReference<>(new Object());
    live = used();
  }
}
