package dev.midge.broker.core;

import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Actions to run later, in order of time. The router and the transport's loop share one; both on
 * the broker thread. Times are nanoseconds of the loop's own clock, which starts near zero, so that
 * even the longest session expiry (4294967294 s) can be added without an overflow.
 */
public final class Timers {
  /** A time that never comes. */
  public static final long NEVER = Long.MAX_VALUE;

  /** One action to run later. */
  public static final class Timer {
    private final long due;
    private final long number;
    private final LongConsumer action;

    private Timer(long due, long number, LongConsumer action) {
      this.due = due;
      this.number = number;
      this.action = action;
    }

    /** Returns the time when the action is due. */
    public long due() {
      return due;
    }

    private static int inOrder(Timer a, Timer b) {
      int byTime = Long.compare(a.due, b.due);
      return byTime != 0 ? byTime : Long.compare(a.number, b.number);
    }
  }

  // A sorted set, not a heap: a timer that is cancelled must not stay in memory until it is due.
  private final TreeSet<Timer> waiting = new TreeSet<>(Timer::inOrder);
  private long counter;

  /**
   * Plans an action.
   *
   * @param due {@link #NEVER} for an action that is not to run
   * @param action gets the time at which it runs: {@code due} or later, never earlier
   */
  public Timer at(long due, LongConsumer action) {
    Timer timer = new Timer(due, counter++, action);
    if (due != NEVER) {
      waiting.add(timer);
    }
    return timer;
  }

  /** Cancels an action, unless it has run already. */
  public void cancel(@Nullable Timer timer) {
    if (timer != null) {
      waiting.remove(timer);
    }
  }

  /** Returns the time when the next action is due; {@link #NEVER} if there is none. */
  public long next() {
    return waiting.isEmpty() ? NEVER : waiting.first().due;
  }

  /** Runs all actions that are due, in order of time. One that throws is not run again. */
  public void runDue(long now) {
    while (!waiting.isEmpty() && waiting.first().due <= now) {
      waiting.pollFirst().action.accept(now);
    }
  }
}
