package dev.midge.broker.core.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Decides how long one publisher is not read because of slow subscribers, so that a burst of
 * messages is not lost on those who could take it a little later, and nobody waits long for those
 * who take nothing.
 *
 * <p>Waiting costs time that the subscriber has earned by what it takes ({@link SubscriberCredit}),
 * or else time from the publisher's own allowance: a tenth of a second at first, and then a
 * hundredth of all time, whatever the number of subscribers. Router thread only.
 */
public final class PublisherThrottle {
  private static final long MAX_WAIT = 500_000_000L; // nanoseconds, as all times here
  private static final long MAX_ALLOWANCE = 100_000_000L;
  private static final int ALLOWANCE_SHARE = 100;

  private long allowance = MAX_ALLOWANCE;
  private long allowanceAt;

  private @Nullable SubscriberCredit awaited;
  private long since;
  private long limit;
  private long takenBefore;

  public boolean isWaiting() {
    return awaited != null;
  }

  /**
   * Begins to wait for a slow subscriber.
   *
   * @param subscriber null if all subscribers keep up
   * @return false if the publisher need not wait
   */
  public boolean begin(@Nullable SubscriberCredit subscriber, long now) {
    if (subscriber == null) {
      return false;
    }
    allowance = Math.min(MAX_ALLOWANCE, allowance + (now - allowanceAt) / ALLOWANCE_SHARE);
    allowanceAt = now;
    limit = Math.min(MAX_WAIT, subscriber.earned() + allowance); // which may be a debt
    if (limit <= 0) {
      return false;
    }
    awaited = subscriber;
    since = now;
    takenBefore = subscriber.taken();
    return true;
  }

  /** Tells whether the publisher has to wait any longer; ends the waiting otherwise. */
  public boolean isStillWaiting(long now) {
    if (awaited == null) {
      return false;
    }
    long waited = now - since;
    boolean high = awaited.isHigh();
    if (high && waited < limit) {
      return true;
    }
    // Where the machine is busy, a wait ends late, and others may have spent what was earned. A
    // large debt would let all messages of this publisher pass for seconds.
    long unpaid = awaited.charge(waited, high && awaited.taken() == takenBefore);
    allowance = Math.max(-MAX_ALLOWANCE, allowance - unpaid);
    awaited = null;
    return false;
  }
}
