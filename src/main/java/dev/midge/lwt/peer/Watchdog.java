package dev.midge.lwt.peer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The drill's one timer thread: limits the time that a connection may take to open, and sends
 * PINGREQ on the connections that are not to exceed their keep alive.
 */
public final class Watchdog implements AutoCloseable {
  private static final long PING_CHECK_MILLIS = 200;

  /** A connection with a keep alive. */
  public interface KeptAlive {
    boolean isEnded();

    /** Sends PINGREQ when half of the keep alive has passed without another packet. */
    void pingIfDue();
  }

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          job -> {
            Thread thread = new Thread(job, "midge lwt timer");
            thread.setDaemon(true);
            return thread;
          });
  private final List<KeptAlive> alive = new CopyOnWriteArrayList<>();

  public Watchdog() {
    timer.setRemoveOnCancelPolicy(true);
    timer.scheduleWithFixedDelay(
        () -> {
          alive.removeIf(KeptAlive::isEnded);
          alive.forEach(KeptAlive::pingIfDue);
        },
        PING_CHECK_MILLIS,
        PING_CHECK_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /**
   * Runs a job when the time is over, unless it is cancelled before.
   *
   * @return the handle that cancels it
   */
  Future<?> after(Duration time, Runnable job) {
    return timer.schedule(job, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends PINGREQ on this connection from now on, as long as it lasts. */
  public void keepAlive(KeptAlive connection) {
    alive.add(connection);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
