package dev.midge.client.job;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.ConnectionOutcome;
import dev.midge.client.EngineFactory;
import dev.midge.client.EngineKind;
import dev.midge.client.MessageListener;
import dev.midge.client.StopSignal;
import dev.midge.client.state.ClientSession;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ReasonCode;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does the job of {@code conn}: connects, stays, sends DISCONNECT. No thread waits for the
 * connection, so that one process may have thousands of such jobs.
 */
public final class StayConnectedJob implements AutoCloseable {

  private final @Nullable Duration stay;
  private final ClientEvents events;
  private final CompletableFuture<Object> stopped;
  private final CompletableFuture<@Nullable Object> allOver = new CompletableFuture<>();
  private final Comeback comeback;
  private final ClientSession session;
  private final CompletableFuture<JobResult> result = new CompletableFuture<>();
  private ConnectSpec connect;
  private final Reconnect reconnect;
  private @Nullable Executor executor;
  private boolean everConnected;
  private volatile @Nullable Connection current;
  private volatile boolean closed;

  /**
   * @param stay how long to stay connected, counted from CONNACK, and how long to wait for that;
   *     for a connection that is tried again the time of the whole job, counted from its start;
   *     null until a stop is requested
   */
  public StayConnectedJob(
      ConnectSpec connect, @Nullable Duration stay, ClientEvents events, StopSignal stop) {
    this.connect = connect;
    this.stay = stay;
    this.events = events;
    this.reconnect = new Reconnect(connect, events, Reconnect.NEVER);
    this.stopped = CompletableFuture.anyOf(stop.requested(), events.outputFailed());
    this.comeback = new Comeback(connect, stopped);
    this.session = comeback.session();
  }

  /**
   * Stays connected until the time is over, a stop is requested or a fault ends it for good. An end
   * by time or by request is a clean DISCONNECT with reason 0, unless the user wants another one:
   * the broker discards the will. A frozen connection is kept until the broker hangs up or a stop
   * is requested. A client that comes back stays as long again, unless connections are tried again:
   * then the time of all counts.
   *
   * @return {@link JobResult#DONE} for both clean ends, {@link JobResult#OUTPUT_CLOSED} for a third
   *     one, {@link JobResult#STRUCK}, {@link JobResult#NEVER_CONNECTED} when CONNACK had not come
   *     by then, or {@link JobResult#NOT_CONNECTED} when the connection was lost by then
   * @throws ConnectionFailure when the connection cannot be made, is refused, or is lost, and is
   *     not to be tried again
   */
  public JobResult run() throws ConnectionFailure, InterruptedException {
    BlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();
    try {
      start(steps::add).whenComplete((how, failure) -> steps.add(() -> {}));
      while (!result.isDone()) {
        steps.take().run();
      }
      return ConnectionFailures.result(result);
    } finally {
      close();
    }
  }

  /**
   * Starts what {@link #run} does.
   *
   * @param worker runs the steps of this job one after the other; a step may block for seconds
   * @return completes as {@link #run} returns or throws, when the connection is closed
   */
  public CompletableFuture<JobResult> start(Executor worker) {
    executor = worker;
    stopped.thenRun(() -> allOver.complete(null));
    if (connect.retry() != null && stay != null) {
      allOver.completeOnTimeout(null, stay.toMillis(), TimeUnit.MILLISECONDS);
    }
    connect(worker);
    return result;
  }

  private void connect(Executor worker) {
    EngineFactory engines = Engines.of(connect, EngineKind.PAHO, session);
    Connection connection = Connection.start(connect, events, MessageListener.IGNORE, engines);
    current = connection;
    if (closed) {
      connection.close();
    }
    CompletableFuture<@Nullable Object> enough = enough();
    CompletableFuture<Object> late = reconnect.lateness();
    after(
        CompletableFuture.anyOf(connection.opened(), enough, late),
        () -> {
          reconnect.checkAnswer(connection, enough, late);
          answered(connection);
        });
  }

  private interface Step {
    void run() throws ConnectionFailure, InterruptedException;
  }

  /** Has a step done when something has come, or has failed. */
  private void after(CompletableFuture<?> event, Step step) {
    Executor worker = executor;
    if (worker == null) {
      throw new IllegalStateException("not started");
    }
    event.whenCompleteAsync(
        (value, ignored) -> {
          try {
            step.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(null, e);
          } catch (ConnectionFailure failed) {
            failed(failed);
          } catch (RuntimeException | Error e) {
            end(null, e);
          }
        },
        worker);
  }

  /** Connects again after a while where that is wanted, and else ends by the failure. */
  private void failed(ConnectionFailure failure) {
    try {
      reconnect.failed(failure, allOver);
    } catch (ConnectionFailure last) {
      end(null, last);
      return;
    }
    Connection lost = current;
    if (lost != null) {
      comeback.release(lost);
    }
    after(
        reconnect.nextTry(allOver),
        () -> {
          if (allOver.isDone()) {
            end(unanswered(), null);
          } else {
            connectAgain();
          }
        });
  }

  private void connectAgain() {
    Executor worker = executor;
    if (worker != null) {
      connect(worker);
    }
  }

  private void answered(Connection connection) throws ConnectionFailure, InterruptedException {
    EarlyEnd.awaitAnswer(events, connection);
    if (!connection.opened().isDone()) {
      // There is nobody to send DISCONNECT to. A return after a fault is not a try after a loss.
      end(connect.retry() == null ? done(JobResult.NEVER_CONNECTED) : unanswered(), null);
      return;
    }
    try {
      connect = connect.again(ConnectionFailures.result(connection.opened()));
      everConnected = true;
      reconnect.connected();
    } catch (CancellationException struck) {
      struck(connection);
      return;
    }
    // The time counts anew.
    after(CompletableFuture.anyOf(enough(), connection.over()), () -> enough(connection));
  }

  private void enough(Connection connection) throws ConnectionFailure, InterruptedException {
    connection.end(ReasonCode.NORMAL_DISCONNECTION, Properties.NONE);
    ConnectionOutcome outcome = connection.over().join();
    if (outcome.failure() != null) {
      throw outcome.failure();
    }
    if (outcome == ConnectionOutcome.STRUCK) {
      struck(connection);
    } else {
      end(done(JobResult.DONE), null);
    }
  }

  private void struck(Connection connection) {
    CompletableFuture<Boolean> returning = comeback.later(connection, stopped);
    after(
        comeback.isPlanned() ? CompletableFuture.anyOf(returning, allOver) : returning,
        () -> {
          if (!returning.getNow(false)) {
            end(JobResult.STRUCK, null);
            return;
          }
          comeback.release(connection);
          connect = connect.resumed();
          connectAgain();
        });
  }

  /** Returns the end where there is no connection. */
  private JobResult unanswered() {
    return done(everConnected ? JobResult.NOT_CONNECTED : JobResult.NEVER_CONNECTED);
  }

  private JobResult done(JobResult otherwise) {
    return events.outputFailed().isDone() ? JobResult.OUTPUT_CLOSED : otherwise;
  }

  /** Ends the job, by a failure where there is one. */
  private void end(@Nullable JobResult how, @Nullable Throwable failure) {
    close();
    if (how != null) {
      result.complete(how);
    } else {
      result.completeExceptionally(failure == null ? new CancellationException() : failure);
    }
  }

  /** Closes without DISCONNECT the connections that are open. Takes three seconds at most. */
  @Override
  public void close() {
    closed = true;
    Connection connection = current;
    if (connection != null) {
      comeback.release(connection);
    }
    comeback.close();
  }

  /**
   * Completes when the time is over, counted from now unless connections are tried again, or a stop
   * is requested, or the output has failed.
   */
  private CompletableFuture<@Nullable Object> enough() {
    if (stay == null || connect.retry() != null) {
      return allOver;
    }
    CompletableFuture<@Nullable Object> enough = new CompletableFuture<>();
    allOver.thenRun(() -> enough.complete(null));
    return enough.completeOnTimeout(null, stay.toMillis(), TimeUnit.MILLISECONDS);
  }
}
