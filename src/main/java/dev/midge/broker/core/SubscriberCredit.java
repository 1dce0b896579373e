package dev.midge.broker.core;

import java.util.function.IntSupplier;

/**
 * What one subscriber has not taken yet: packets that its socket does not take, or messages that
 * wait for its acknowledgements. Knows whether it is worth while that a publisher waits: by what it
 * takes, a subscriber earns time. Belongs to an {@link Outbox}; router thread only.
 */
final class SubscriberCredit {
  /**
   * Nanoseconds that each message earns: whoever takes 5000 a second is waited for all the time,
   * whoever takes 50 slows its publishers down by a hundredth.
   */
  private static final long EARNED = 200_000L;

  private static final long MOST_EARNED = 100_000_000L;

  private final IntSupplier length; // in messages
  private final int highWater;
  private long earned;
  private long taken;
  private boolean stalled;

  SubscriberCredit(IntSupplier length, int highWater) {
    this.length = length;
    this.highWater = highWater;
  }

  /** Whether so much waits that messages will soon be dropped. */
  boolean isHigh() {
    return length.getAsInt() >= highWater;
  }

  /** Whether it is high, and not one that was waited for in vain. */
  boolean isWorthWaitingFor() {
    return !stalled && isHigh();
  }

  void took(long messages) {
    if (messages > 0) {
      taken += messages;
      earned = Math.min(MOST_EARNED, earned + Math.min(messages, 1000) * EARNED);
      stalled = false;
    }
  }

  /** Messages that were taken since ever. */
  long taken() {
    return taken;
  }

  /** How long publishers may wait for what was taken, in nanoseconds. */
  long earned() {
    return earned;
  }

  /**
   * A publisher has waited.
   *
   * @param inVain whether nothing was taken in all that time
   * @return what of it was not earned, in nanoseconds
   */
  long waitedFor(long nanos, boolean inVain) {
    long paid = Math.min(nanos, earned);
    earned -= paid;
    stalled = inVain;
    return nanos - paid;
  }
}
