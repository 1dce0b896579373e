package dev.midge.client.job;

import dev.midge.client.ClientFaults;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.state.ClientSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a client comes back after a fault, and when. Keeps what a freeze has left open
 * until the end of the job.
 */
final class Comeback implements AutoCloseable {
  private final @Nullable Duration after;
  private final CompletableFuture<?> stop;
  private final boolean retries;
  private final List<Connection> left = new ArrayList<>();

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

  /** Returns the session for the connections of the client, which may be several. */
  ClientSession session() {
    return isPlanned() || retries ? ClientSession.lasting() : ClientSession.ofOneConnection();
  }

  /**
   * Waits, after a fault that ended the connection, until another connection is to be made; where
   * there is to be none, until the fault is over.
   *
   * @param end where there is to be none, the fault is not waited for when that has come
   * @return whether another one is to be made
   */
  boolean after(Connection struck, CompletableFuture<?> end) throws InterruptedException {
    Duration pause = after;
    if (pause == null || stop.isDone()) {
      await(CompletableFuture.anyOf(struck.struck(), end));
      return false;
    }
    left.add(struck);
    await(struck.gone());
    if (struck.struck().isDone()) { // Else it is frozen, and silent.
      await(struck.quiet());
    }
    Reconnect.pause(stop, pause.toMillis());
    return !stop.isDone();
  }

  private void await(CompletableFuture<?> event) throws InterruptedException {
    try {
      ConnectionFailures.result(CompletableFuture.anyOf(event, stop));
    } catch (ConnectionFailure e) {
      throw new IllegalStateException(e); // Neither can fail.
    }
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
