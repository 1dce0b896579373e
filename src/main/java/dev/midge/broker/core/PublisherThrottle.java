package dev.midge.broker.core;

/**
 * How one publisher waits for subscribers who fall subscriber, so that a burst of messages is not
 * lost on those who could take it a little later, and nobody is held up by those who do not take
 * it.
 *
 * <p>Waiting costs time that the subscriber has earned by what it takes ({@link SubscriberCredit}),
 * or else time that the publisher has to spare: a tenth of a second at first, and then a hundredth
 * of all time, whatever the number of subscribers. Router thread only.
 */
final class PublisherThrottle {
  private static final long LONGEST_WAIT = 100_000_000L;
  private static final long MOST_TO_SPARE = 100_000_000L;
  private static final int SHARE = 100;

  private long toSpare = MOST_TO_SPARE;
  private long sparedAt;

  private SubscriberCredit subscriber; // waited for; null for none
  private long since;
  private long limit;
  private long takenBefore;

  boolean isWaiting() {
    return subscriber != null;
  }

  /**
   * Somebody falls subscriber.
   *
   * @param credit null for nobody
   * @return whether to wait
   */
  boolean begin(SubscriberCredit credit, long now) {
    if (credit == null) {
      return false;
    }
    toSpare = Math.min(MOST_TO_SPARE, toSpare + (now - sparedAt) / SHARE);
    sparedAt = now;
    limit = Math.min(LONGEST_WAIT, credit.earned() + toSpare); // which may be a debt
    if (limit <= 0) {
      return false;
    }
    subscriber = credit;
    since = now;
    takenBefore = credit.taken();
    return true;
  }

  /** Whether to wait on. */
  boolean isStillWaiting(long now) {
    long waited = now - since;
    if (subscriber.isHigh() && waited < limit) {
      return true;
    }
    end(waited);
    return false;
  }

  private void end(long waited) {
    boolean inVain = subscriber.taken() == takenBefore && subscriber.isHigh();
    toSpare -= subscriber.waitedFor(waited, inVain);
    subscriber = null;
  }
}
