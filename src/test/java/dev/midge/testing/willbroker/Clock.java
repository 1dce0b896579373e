package dev.midge.testing.willbroker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs what is due later, never early. It is the one lock of a broker too: whoever reads or changes
 * the state of the broker is synchronized on it, and so is all that it runs.
 */
final class Clock implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "will-broker-clock");
            thread.setDaemon(true);
            return thread;
          });

  /** Runs it later, unless the broker is closed by then. */
  Future<?> after(Duration delay, Runnable task) {
    try {
      return schedule(delay, task);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.completedFuture(null);
    }
  }

  private Future<?> schedule(Duration delay, Runnable task) {
    return timer.schedule(
        () -> {
          synchronized (this) {
            task.run();
          }
        },
        delay.toNanos(),
        TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
