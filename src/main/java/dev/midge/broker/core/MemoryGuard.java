package dev.midge.broker.core;

/**
 * Refuses to keep more when memory is nearly used up, and tells the observer so: at once, and then
 * no more than every ten seconds. Router thread only.
 */
public final class MemoryGuard {
  private static final long REPORT_INTERVAL = 10_000_000_000L;

  private final Memory memory;
  private final BrokerObserver observer;
  private long refused;
  private long reported;
  private long reportedAt;

  public MemoryGuard(Memory memory, BrokerObserver observer) {
    this.memory = memory;
    this.observer = observer;
  }

  /** Tells whether memory is nearly used up; counts nothing. */
  public boolean isShort() {
    return memory.isShort();
  }

  /** Tells whether one more object may not be kept; counts it then. */
  public boolean refuses(long now) {
    if (!memory.isShort()) {
      return false;
    }
    refused++;
    if (reported == 0 || now - reportedAt >= REPORT_INTERVAL) {
      reportedAt = now;
      report();
    }
    return true;
  }

  /** Reports what was refused since the last report. */
  public void end() {
    if (refused > reported) {
      report();
    }
  }

  private void report() {
    reported = refused;
    observer.memoryIsShort(refused);
  }
}
