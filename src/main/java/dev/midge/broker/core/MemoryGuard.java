package dev.midge.broker.core;

/**
 * Refuses what would have to be kept when memory is nearly used up, and says so in the log: at
 * once, and then no more than every ten seconds. Router thread only.
 */
final class MemoryGuard {
  private static final long BETWEEN_LINES = 10_000_000_000L;

  private final Memory memory;
  private final BrokerObserver observer;
  private long refused;
  private long told;
  private long toldAt;

  MemoryGuard(Memory memory, BrokerObserver observer) {
    this.memory = memory;
    this.observer = observer;
  }

  /** Says whether one more thing may not be kept; counts it then. */
  boolean refuses(long now) {
    if (!memory.isShort()) {
      return false;
    }
    refused++;
    if (told == 0 || now - toldAt >= BETWEEN_LINES) {
      toldAt = now;
      tell();
    }
    return true;
  }

  /** Ends the refusing. */
  void end() {
    if (refused > told) {
      tell();
    }
  }

  private void tell() {
    told = refused;
    observer.memoryIsShort(refused);
  }
}
