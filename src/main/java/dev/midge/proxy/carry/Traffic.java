package dev.midge.proxy.carry;

/**
 * The traffic of a whole proxy: how soon one read follows another, in whatever direction and
 * connection. For many threads, whose updates may overwrite one another's: it is an estimate.
 */
public final class Traffic {
  /** Reads that follow one another more closely, on average, come from a busy proxy. */
  private static final long DENSE_NANOS = 30_000;

  /** A gap counts as no more, so that the first packets after a pause are not late in noticing. */
  private static final long LONGEST_NANOS = 1_000_000;

  private static final int WEIGHT = 16; // of the gaps before, against the newest

  private volatile long last;
  private volatile long mean = LONGEST_NANOS;

  /** Notes a read that has returned. */
  void read(long now) {
    long gap = Math.min(Math.max(now - last, 0), LONGEST_NANOS);
    last = now;
    mean += (gap - mean) / WEIGHT;
  }

  boolean isDense() {
    return mean < DENSE_NANOS;
  }
}
