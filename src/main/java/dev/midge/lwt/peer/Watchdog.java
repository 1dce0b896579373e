package dev.midge.lwt.peer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The drill's one timer thread: limits how long a connection may take, and keeps the connections
 * alive that do not fall silent by intent.
 */
public final class Watchdog implements AutoCloseable {
  private static final long PING_CHECK_MILLIS = 200;

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          job -> {
            Thread thread = new Thread(job, "midge lwt timer");
            thread.setDaemon(true);
            return thread;
          });
  private final List<DrillClient> alive = new CopyOnWriteArrayList<>();

  public Watchdog() {
    timer.setRemoveOnCancelPolicy(true);
    timer.scheduleWithFixedDelay(
        this::ping, PING_CHECK_MILLIS, PING_CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A job that is done unless it is cancelled in time. */
  public static final class Ticket {
    private final AtomicBoolean spent = new AtomicBoolean();
    private ScheduledFuture<?> future;

    /** Says whether the time was over before {@link #cancel}. */
    boolean isSpent() {
      return spent.get();
    }

    void cancel() {
      future.cancel(false);
    }
  }

  public Ticket after(Duration time, Runnable job) {
    Ticket ticket = new Ticket();
    Runnable late =
        () -> {
          ticket.spent.set(true);
          job.run();
        };
    ticket.future = timer.schedule(late, time.toMillis(), TimeUnit.MILLISECONDS);
    return ticket;
  }

  /** Sends PINGREQ for this client from now on, as long as its connection lasts. */
  public void keepAlive(DrillClient client) {
    alive.add(client);
  }

  private void ping() {
    alive.removeIf(DrillClient::isEnded);
    alive.forEach(DrillClient::pingIfDue);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
