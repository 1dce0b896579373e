package dev.midge.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** When and whether a lost connection is made again. */
final class Retry {

  static final long PAUSE_MILLIS = 1000;

  private Retry() {}

  /** Whether trying again would be no use. */
  static boolean isFutile(LinkFailure failure) {
    return switch (failure.kind()) {
      case REFUSED, PROTOCOL, MALFORMED, AUTHENTICATION, QOS_NOT_SUPPORTED, OVERSIZE, MEMORY ->
          true;
      default -> false;
    };
  }

  /** Waits before the next attempt, unless there is to be none. */
  static void pause(CompletableFuture<?> end) throws InterruptedException {
    pause(end, PAUSE_MILLIS);
  }

  /** The same for that long. */
  static void pause(CompletableFuture<?> end, long millis) throws InterruptedException {
    CompletableFuture<Object> due =
        new CompletableFuture<>().completeOnTimeout(null, millis, TimeUnit.MILLISECONDS);
    try {
      Link.result(CompletableFuture.anyOf(due, end));
    } catch (LinkFailure e) {
      throw new IllegalStateException(e); // Neither can fail.
    }
  }
}
