package dev.midge.lwt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Notes when this process stands still, since its machine does or since someone has stopped it:
 * then a time that the drill has measured says nothing about the broker. A thread looks at the
 * clock all the time, and misses what it does not see. For any thread.
 */
final class Standstills implements AutoCloseable {

  /** Shorter ones change no verdict: the bounds of all rows leave more room. */
  static final Duration LEAST = Duration.ofMillis(250);

  private static final long STEP_MILLIS = 50;

  private record Gap(long from, long to) {}

  private final List<Gap> gaps = new ArrayList<>();
  private final Thread thread = new Thread(this::watch, "midge lwt standstills");
  private long last = System.nanoTime();

  Standstills() {
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        look(System.nanoTime());
      }
    } catch (InterruptedException e) {
      // The drill is over.
    }
  }

  /**
   * The clock is read.
   *
   * @param now by {@link System#nanoTime}
   */
  synchronized void look(long now) {
    if (now - last >= LEAST.toNanos()) {
      gaps.add(new Gap(last, now));
    }
    last = Math.max(last, now);
  }

  /**
   * Returns how long this process stood still at a stretch; zero for less than {@link #LEAST}.
   *
   * @param from the beginning of the time that is asked for, by {@link System#nanoTime}
   * @param to its end
   */
  synchronized Duration longest(long from, long to) {
    look(System.nanoTime()); // The thread that watches may not have run since.
    long longest = 0;
    for (Gap gap : gaps) {
      if (gap.from() < to && gap.to() > from) {
        longest = Math.max(longest, gap.to() - gap.from());
      }
    }
    return Duration.ofNanos(longest);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
