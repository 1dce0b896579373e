package dev.midge.broker.fault;

import dev.midge.broker.core.SeldomQueue;
import dev.midge.broker.core.Timers;
import dev.midge.fault.plan.Shaping;

/**
 * Delay, bandwidth and size of writes of one direction of a connection: tells how many of the bytes
 * that wait may pass. Times are nanoseconds of the loop's clock.
 */
final class Pace {
  private static final long SECOND = 1_000_000_000L;

  /** Parts of a second in which a bandwidth is handed out. */
  private static final long PARTS = 20;

  /** Bytes from a number to another, counted from the beginning, may pass at that time. */
  private record Mark(long start, long end, long due) {}

  private final SeldomQueue<Mark> marks = new SeldomQueue<>();
  private Shaping shaping = Shaping.NONE;
  private long lastDue;
  private long nextPart;
  private long looked;

  /** Sets the shape of what waits and of what is added next. */
  void shape(Shaping other) {
    shaping = other.isNone() ? Shaping.NONE : other;
    if (shaping == Shaping.NONE) {
      nextPart = 0; // the pause was that of the shape before
    }
  }

  /** Returns whether nothing is held back by it. */
  boolean isFree() {
    return shaping == Shaping.NONE && marks.isEmpty();
  }

  /**
   * Adds bytes behind those that wait.
   *
   * @param start the number of all bytes that were ever added before
   * @param end the number of all with these
   */
  void add(long start, long end, long now) {
    // A shorter delay than that of the bytes before does not overtake them.
    lastDue = Math.max(lastDue, now + shaping.delay().toNanos());
    if (lastDue > now || !marks.isEmpty()) {
      marks.addLast(new Mark(start, end, lastDue));
    }
  }

  /**
   * Returns how many bytes may pass at once.
   *
   * @param passed the number of all bytes that have ever passed
   */
  long allowance(long passed, long now) {
    looked = now;
    if (now < nextPart) {
      return 0;
    }
    long part = shaping.slice();
    if (shaping.bytesPerSecond() != Long.MAX_VALUE) {
      part = Math.min(part, Math.max(1, shaping.bytesPerSecond() / PARTS));
    } else if (part == Integer.MAX_VALUE) {
      part = Long.MAX_VALUE;
    }
    return Math.min(part, delayed(passed, now));
  }

  private long delayed(long passed, long now) {
    Mark first;
    while ((first = marks.peekFirst()) != null && first.end <= passed) {
      marks.pollFirst();
    }
    for (Mark mark : marks) {
      if (mark.due > now) {
        return Math.max(0, mark.start - passed);
      }
    }
    return Long.MAX_VALUE;
  }

  /** Takes note that so many bytes have passed at once. */
  void passed(long bytes, long now) {
    long wait = shaping.slice() == Integer.MAX_VALUE ? 0 : shaping.pause().toNanos();
    if (shaping.bytesPerSecond() != Long.MAX_VALUE) {
      wait = Math.max(wait, bytes * SECOND / shaping.bytesPerSecond());
    }
    if (wait > 0) {
      // Counted from when it was due, so that a late timer does not slow it down.
      nextPart = Math.max(nextPart, now - SECOND / PARTS) + wait;
    }
  }

  /**
   * Returns when more bytes may pass than {@link #allowance} has told last, which may be over by
   * now: nobody would come back for what became due in between. {@link Timers#NEVER} if that is no
   * matter of time.
   */
  long next() {
    if (looked < nextPart) {
      return nextPart;
    }
    for (Mark mark : marks) {
      if (mark.due > looked) {
        return mark.due;
      }
    }
    return Timers.NEVER;
  }
}
