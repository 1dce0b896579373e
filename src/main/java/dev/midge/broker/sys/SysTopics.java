package dev.midge.broker.sys;

import dev.midge.broker.core.Timers;
import dev.midge.broker.core.router.Router;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the topics under {@code $SYS}: all of them at once, and then what has changed, at
 * multiples of the interval by the clock on the wall. Broker thread only.
 */
public final class SysTopics {
  private static final long MILLION = 1_000_000L;

  private final SysSource source;
  private final Router router;
  private final Timers timers;
  private final Supplier<Traffic> traffic;
  private final Figures figures;
  private long stepMillis; // 0 for never
  private long dueMillis; // by the clock on the wall
  private Timers.@Nullable Timer timer;

  /** Makes them, and publishes nothing yet. */
  public SysTopics(SysSource source, Router router, Timers timers, Supplier<Traffic> traffic) {
    this.source = source;
    this.router = router;
    this.timers = timers;
    this.traffic = traffic;
    this.figures = new Figures(source);
  }

  /** Publishes all that has changed, which at the start is everything. */
  public void publish(long now) {
    figures.publish(router, traffic.get(), now);
  }

  /**
   * Sets the interval for what follows.
   *
   * @param seconds 0 to 65535; 0 leaves the topics as they are
   */
  public void interval(int seconds, long now) {
    timers.cancel(timer);
    stepMillis = seconds * 1000L;
    dueMillis = 0;
    plan(now);
  }

  private void plan(long now) {
    if (stepMillis == 0) {
      return;
    }
    // The clock on the wall may be a little behind the timers: a time that has just come does not
    // come again.
    long wall = source.wallMillis().getAsLong();
    long last = dueMillis > wall && dueMillis - wall < stepMillis ? dueMillis : wall;
    dueMillis = (last / stepMillis + 1) * stepMillis;
    timer = timers.at(now + (dueMillis - wall) * MILLION, this::due);
  }

  private void due(long now) {
    publish(now);
    plan(now);
  }
}
