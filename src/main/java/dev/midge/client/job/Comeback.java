package dev.midge.client.job;

import dev.midge.client.ClientFaults;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.state.ClientSession;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a client comes back after a fault, and when. Keeps what a freeze has left open
 * until the end of the job.
 */
final class Comeback implements AutoCloseable {
  private final @Nullable Duration after;
  private final CompletableFuture<?> stop;
  private final boolean retries;
  private final List<Connection> left = new CopyOnWriteArrayList<>();

  /**
   * @param stop the client does not come back, and waits for nothing, when that has come
   */
  Comeback(ConnectSpec spec, CompletableFuture<?> stop) {
    ClientFaults faults = spec.faults();
    this.after = faults == null ? null : faults.comeBack();
    this.retries = spec.retry() != null;
    this.stop = stop;
  }

  /** Returns whether the client comes back after a fault. */
  boolean isPlanned() {
    return after != null;
  }

  /**
   * Returns the session for the connections of a client that begins anew, with its SUBSCRIBE, where
   * the broker has no session of it: the connections may be several.
   */
  ClientSession session() {
    return isPlanned() || retries ? ClientSession.ofBothHalves() : ClientSession.ofOneConnection();
  }

  /**
   * Waits, after a fault that ended the connection, until another connection is to be made; where
   * there is to be none, until the fault is over.
   *
   * @param end where there is to be none, the fault is not waited for when that has come
   * @return whether another one is to be made
   */
  boolean after(Connection struck, CompletableFuture<?> end) throws InterruptedException {
    try {
      return ConnectionFailures.result(later(struck, end));
    } catch (ConnectionFailure e) {
      throw new IllegalStateException(e); // It cannot fail.
    }
  }

  /** Returns what {@link #after} waits for. */
  CompletableFuture<Boolean> later(Connection struck, CompletableFuture<?> end) {
    Duration pause = after;
    if (pause == null || stop.isDone()) {
      return CompletableFuture.anyOf(struck.struck(), end, stop).thenApply(over -> false);
    }
    left.add(struck);
    return CompletableFuture.anyOf(struck.gone(), stop)
        // Else it is frozen, and silent.
        .thenCompose(
            gone -> struck.struck().isDone() ? orStop(struck.quiet()) : orStop(struck.gone()))
        .thenCompose(quiet -> orStop(Reconnect.due(pause.toMillis())))
        .thenApply(due -> !stop.isDone());
  }

  private CompletableFuture<Object> orStop(CompletableFuture<?> event) {
    return CompletableFuture.anyOf(event, stop);
  }

  /** Closes a connection, unless another takes its place. */
  void release(Connection connection) {
    if (!left.contains(connection)) {
      connection.close();
    }
  }

  /** Closes what was left open. */
  @Override
  public void close() {
    left.forEach(Connection::close);
  }
}
