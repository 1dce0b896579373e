package dev.midge.broker.core.delivery;

import java.util.function.IntSupplier;

/**
 * The messages that one subscriber has not taken yet: packets that its socket does not take, or
 * messages that it has not acknowledged. By taking messages a subscriber earns time for which
 * publishers wait for it. Belongs to an {@link Outbox}; router thread only.
 */
public final class SubscriberCredit {
  /**
   * Nanoseconds that each message earns: a subscriber that takes 5000 a second is waited for all
   * the time, one that takes 50 slows its publishers down by a hundredth.
   */
  private static final long EARNED_PER_MESSAGE = 200_000L;

  /**
   * Nanoseconds that may go by for each message that is acknowledged, so that all of the time is
   * earned: a subscriber that acknowledges 500 a second, also in bursts, is waited for all the time
   * as well. One that is slower is only paid by the message.
   */
  private static final long STEADY_PER_MESSAGE = 2_000_000L;

  /**
   * Nanoseconds: on a busy machine a reader of thousands a second may not run for a few tenths of a
   * second, and the system tells of what it has read in portions.
   */
  private static final long MAX_EARNED = 500_000_000L;

  private final IntSupplier waiting; // messages
  private final int highWater;
  private long earned;
  private long taken;
  private boolean stalled;
  private long lastTaken; // the time of the last acknowledgement
  private long steady; // nanoseconds that may go by until the next

  SubscriberCredit(IntSupplier waiting, int highWater) {
    this.waiting = waiting;
    this.highWater = highWater;
  }

  /** Tells whether so many messages wait that some will soon be dropped. */
  boolean isHigh() {
    return waiting.getAsInt() >= highWater;
  }

  /** Tells whether it is high, and the last publisher that waited did not do so in vain. */
  boolean isWorthWaitingFor() {
    return !stalled && isHigh();
  }

  void took(long messages) {
    if (messages > 0) {
      taken += messages;
      earned = Math.min(MAX_EARNED, earned + Math.min(messages, 1000) * EARNED_PER_MESSAGE);
      stalled = false;
    }
  }

  /** Notes that a message was acknowledged. */
  void acknowledged(long now) {
    long passed = now - lastTaken;
    boolean isSteady = passed <= steady;
    took(1);
    if (isSteady) {
      earned = Math.min(MAX_EARNED, earned + Math.max(0, passed - EARNED_PER_MESSAGE));
    }
    steady = Math.min(MAX_EARNED, (isSteady ? steady - passed : 0) + STEADY_PER_MESSAGE);
    lastTaken = now;
  }

  /** Returns how many messages were taken so far. */
  long taken() {
    return taken;
  }

  /** Returns the nanoseconds for which publishers may wait. */
  public long earned() {
    return earned;
  }

  /**
   * Charges the time that a publisher has waited.
   *
   * @param inVain true if no message was taken in all that time
   * @return the part of it that was not earned, in nanoseconds
   */
  long charge(long nanos, boolean inVain) {
    long paid = Math.min(nanos, earned);
    earned -= paid;
    stalled = inVain;
    return nanos - paid;
  }
}
