package dev.midge.cli;

import dev.midge.client.LinkFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code --connect-timeout}: from the start to CONNACK, name look-up, TLS and a silent broker
 * included, whatever blocks. The job works on a thread of its own, which is left behind when its
 * time is over; only those who give the option pay for it.
 */
final class ConnectTimeout implements OptionSource {
  private Duration limit;
  private CompletableFuture<Void> connected;
  private volatile boolean welcomed;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.CONNECTION)
        .add(
            Option.value(
                "SECONDS",
                "no timeout",
                "End with status 1 if the broker has not accepted the connection by then (default:"
                    + " no limit).",
                word ->
                    limit(
                        Duration.ofSeconds(
                            Option.number(
                                word,
                                1,
                                Integer.MAX_VALUE,
                                "Error: Invalid connect timeout \"{}\", it is a number of seconds"
                                    + " from 1."))),
                "--connect-timeout"));
  }

  private void limit(Duration time) {
    limit = time;
    connected = new CompletableFuture<>();
  }

  boolean isGiven() {
    return limit != null;
  }

  /** Whether a CONNACK has come. */
  boolean hasConnected() {
    return welcomed;
  }

  /** CONNACK has come. */
  void connected() {
    welcomed = true;
    if (isGiven()) {
      connected.complete(null);
    }
  }

  /**
   * Does the job.
   *
   * @throws LinkFailure also when the time is over
   * @throws Exception what the job throws
   */
  <T> T limit(Callable<T> job) throws Exception {
    if (!isGiven()) {
      return job.call();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread worker = new Thread(() -> work(job, result), "midge job");
    worker.setDaemon(true);
    worker.start();
    try {
      CompletableFuture.anyOf(result, connected).get(limit.toSeconds(), TimeUnit.SECONDS);
      return result.get();
    } catch (TimeoutException e) {
      throw new LinkFailure(
          LinkFailure.Kind.SILENT,
          "Not connected within " + limit.toSeconds() + " s (--connect-timeout)");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LinkFailure failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }

  private static <T> void work(Callable<T> job, CompletableFuture<T> result) {
    try {
      result.complete(job.call());
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }
}
