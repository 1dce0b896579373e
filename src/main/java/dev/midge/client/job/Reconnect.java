package dev.midge.client.job;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Decides when and whether a lost connection is made again. */
final class Reconnect {

  static final long PAUSE_MILLIS = 1000;

  private Reconnect() {}

  /** Returns whether trying again would be no use. */
  static boolean isPermanent(ConnectionFailure failure) {
    return switch (failure.kind()) {
      case REFUSED, PROTOCOL, MALFORMED, AUTHENTICATION, QOS_NOT_SUPPORTED, OVERSIZE, MEMORY ->
          true;
      default -> false;
    };
  }

  /**
   * Tells of a failure after which there is another attempt, unless the job has come to its end.
   */
  static void tell(
      ClientEvents events, @Nullable ConnectionFailure failure, CompletableFuture<?> end) {
    if (failure != null && !end.isDone()) {
      events.retrying(failure);
    }
  }

  /** Waits before the next attempt, unless there is to be none. */
  static void pause(CompletableFuture<?> end) throws InterruptedException {
    pause(end, PAUSE_MILLIS);
  }

  /** Waits for that long before the next attempt, unless there is to be none. */
  static void pause(CompletableFuture<?> end, long millis) throws InterruptedException {
    try {
      ConnectionFailures.result(CompletableFuture.anyOf(due(millis), end));
    } catch (ConnectionFailure e) {
      throw new IllegalStateException(e); // Neither can fail.
    }
  }

  /** Returns a future that completes after that time. */
  static CompletableFuture<Object> due(long millis) {
    return new CompletableFuture<>().completeOnTimeout(null, millis, TimeUnit.MILLISECONDS);
  }
}
