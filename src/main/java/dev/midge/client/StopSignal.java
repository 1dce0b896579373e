package dev.midge.client;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tells that somebody outside, such as the user with Ctrl-C, wants the client to end. */
public final class StopSignal {
  private final CompletableFuture<@Nullable Void> requested = new CompletableFuture<>();

  public void request() {
    requested.complete(null);
  }

  public boolean isRequested() {
    return requested.isDone();
  }

  /** Completes when the stop is requested. */
  public CompletableFuture<@Nullable Void> requested() {
    return requested;
  }
}
