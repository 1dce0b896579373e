package dev.midge.testing;

import dev.midge.broker.core.Timers;
import java.time.Duration;

/** A clock that goes when a test says so, and runs what is due on its way. */
public final class FakeTime {
  private final Timers timers = new Timers();
  private long now = 1;

  public Timers timers() {
    return timers;
  }

  public long now() {
    return now;
  }

  /** Lets time pass; each timer runs at its very moment. */
  public void advance(Duration time) {
    long target = now + time.toNanos();
    while (timers.next() <= target) {
      now = Math.max(now, timers.next());
      timers.runDue(now);
    }
    now = target;
  }

  public void advanceSeconds(long seconds) {
    advance(Duration.ofSeconds(seconds));
  }
}
