package dev.midge.testing;

import dev.midge.client.ConnectionFailure;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a client beside the test, which meanwhile plays its broker. It ends with the test. */
public final class Playing<T> implements NoClientOutlivesItsTest.Client {

  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final Thread thread;

  private Playing(Callable<T> client) {
    thread =
        new Thread(
            () -> {
              try {
                result.complete(client.call());
              } catch (Exception | AssertionError e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    NoClientOutlivesItsTest.started(this);
    thread.start();
  }

  public static <T> Playing<T> of(Callable<T> client) {
    return new Playing<>(client);
  }

  @Override
  public boolean isDone() {
    return result.isDone();
  }

  /** Tells whether and how the client has ended. */
  @Override
  public String toString() {
    return result.toString()
        + result.handle((value, failure) -> failure == null ? value : failure).getNow(null);
  }

  @Override
  public void requestStop() {
    interrupt();
  }

  public void interrupt() {
    thread.interrupt();
  }

  /** Returns what the client has returned; waits thirty seconds at most. */
  public T result() throws Exception {
    try {
      return result.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    } catch (TimeoutException e) {
      throw new AssertionError("the client goes on and on", e);
    }
  }

  /** The failure by which the client ends. */
  public ConnectionFailure failure() throws Exception {
    try {
      throw new AssertionError("no failure, but " + result());
    } catch (ConnectionFailure failure) {
      return failure;
    }
  }
}
