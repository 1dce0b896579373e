package dev.midge.net;

/**
 * Knows whether the reads of a stream follow one another closely, which is where it pays to let
 * others run before the next one: what comes meanwhile shares that read. For one thread.
 */
public final class DenseReads {
  /** Nanoseconds: a stream waits for less; one packet in a quarter of a millisecond is none. */
  private static final long MOST = 100_000;

  private boolean dense;

  /** Returns whether the last read waited for less than a stream's reads do. */
  public boolean areDense() {
    return dense;
  }

  /**
   * Notes a read that has returned.
   *
   * @param began when it was called, by {@link System#nanoTime}
   * @param ended when it returned
   */
  public void read(long began, long ended) {
    dense = ended - began < MOST;
  }
}
