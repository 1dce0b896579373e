package dev.midge.cli.fleet;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.job.JobResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts the clients of a fleet, one after the other, and waits until all have come to an end. */
final class FleetRun {
  private final Fleet fleet;
  private final FleetSetting setting;
  private final Tally tally;
  private final List<CompletableFuture<?>> settled = new ArrayList<>();
  private final List<CompletableFuture<?>> over = new ArrayList<>();

  /**
   * Ends clients whose time is over: whoever is told of it may wait for a reader, on which no clock
   * must depend.
   */
  private final Executor lateness = FleetThreads.pool(1, "midge late");

  private final long start = System.nanoTime();

  /** Does what each client is there for. */
  interface Work {
    /**
     * Starts it.
     *
     * @return completes with the end, or with the failure
     */
    CompletableFuture<JobResult> start(Device device);

    /** A client is waited for no more. */
    default void abandon(Device device) {}
  }

  FleetRun(Fleet fleet, FleetSetting setting) {
    this.fleet = fleet;
    this.setting = setting;
    this.tally = new Tally(setting, fleet.size());
  }

  Tally tally() {
    return tally;
  }

  /**
   * Starts all, in that pace.
   *
   * @return completes when each is connected or will not be
   */
  CompletableFuture<Void> start(Pace pace, Work work) throws InterruptedException {
    for (int number = 1; number <= fleet.size() && pace.await(); number++) {
      ClientWords words = fleet.words(number);
      Device device = new Device(words, fleet.spec(words), tally, setting);
      pace.pass(device);
      try {
        start(device, work);
      } catch (OutOfMemoryError e) {
        device.settled().complete(null);
        tally.note(
            number,
            "Error: No memory or no thread for client "
                + number
                + ": the system may allow more (ulimit -u, MIDGE_HEAP); no further one is started.");
        break;
      }
    }
    return CompletableFuture.allOf(settled.toArray(CompletableFuture[]::new));
  }

  private void start(Device device, Work work) {
    CompletableFuture<JobResult> end = new CompletableFuture<>();
    work.start(device)
        .whenComplete(
            (how, failure) -> {
              if (failure == null) {
                end.complete(how);
              } else {
                end.completeExceptionally(failure);
              }
            });
    settled.add(device.settled());
    over.add(end.handle((how, failure) -> ended(device, how, failure)));
    Duration limit = setting.timeout().limitOfAll();
    if (limit != null) {
      CompletableFuture<Void> late = new CompletableFuture<>();
      device.settled().thenRun(() -> late.cancel(false));
      late.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
          .thenRunAsync(
              () -> {
                if (!end.isDone()) {
                  work.abandon(device);
                  end.completeExceptionally(setting.timeout().failure());
                }
              },
              lateness);
    }
  }

  private @Nullable Void ended(
      Device device, @Nullable JobResult how, @Nullable Throwable failure) {
    Throwable why = failure instanceof CompletionException ? failure.getCause() : failure;
    if (how != null) {
      tally.ended(device.words(), device.spec().faults(), how);
      setting.report().ended(device.spec(), how);
    } else if (why instanceof ConnectionFailure lost) {
      tally.failed(device.words(), device.hasConnected(), lost);
      setting.report().failed(device.spec(), lost);
    } else {
      tally.broken(device.words(), String.valueOf(why == null ? null : why.getMessage()));
    }
    device.settled().complete(null);
    return null;
  }

  /** Waits until all that were started have come to an end. */
  void await() throws InterruptedException {
    try {
      CompletableFuture.allOf(over.toArray(CompletableFuture[]::new)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // Each end is handled.
    }
  }

  /** Returns the seconds since the start, for people. */
  String seconds() {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
  }
}
