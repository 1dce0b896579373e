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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does the job of {@code conn}: connects, stays, sends DISCONNECT. */
public final class StayConnectedJob {

  private final @Nullable Duration stay;
  private final ClientEvents events;
  private final StopSignal stop;
  private final Reconnect reconnect;
  private ConnectSpec connect;
  private boolean everConnected;

  /**
   * @param stay how long to stay connected, counted from CONNACK, and how long to wait for that;
   *     null until a stop is requested
   */
  public StayConnectedJob(
      ConnectSpec connect, @Nullable Duration stay, ClientEvents events, StopSignal stop) {
    this.connect = connect;
    this.stay = stay;
    this.events = events;
    this.stop = stop;
    this.reconnect = new Reconnect(connect, events, Reconnect.NEVER);
  }

  /**
   * Stays connected until the time is over, a stop is requested or a fault ends it for good. An end
   * by time or by request is a clean DISCONNECT with reason 0, unless the user wants another one:
   * the broker throws the will away. A frozen connection is kept until the broker hangs up or a
   * stop is requested. A client that comes back, or is connected again after a loss, stays as long
   * again.
   *
   * @return {@link JobResult#DONE} for both clean ends, {@link JobResult#OUTPUT_CLOSED} for a third
   *     one, {@link JobResult#STRUCK}, or {@link JobResult#NEVER_CONNECTED} when CONNACK had not
   *     come by then
   * @throws ConnectionFailure when the connection cannot be made, is refused, or is lost, and is
   *     not to be tried again
   */
  public JobResult run() throws ConnectionFailure, InterruptedException {
    CompletableFuture<Object> stopped =
        CompletableFuture.anyOf(stop.requested(), events.outputFailed());
    try (Comeback comeback = new Comeback(connect, stopped)) {
      ClientSession session = comeback.session();
      while (true) {
        EngineFactory engines = Engines.of(connect, EngineKind.PAHO, session);
        Connection connection = Connection.start(connect, events, MessageListener.IGNORE, engines);
        try {
          JobResult how = stay(connection);
          if (how != JobResult.STRUCK || !comeback.after(connection, stopped)) {
            return how;
          }
          connect = connect.resumed();
          continue;
        } catch (ConnectionFailure failure) {
          reconnect.failed(failure, stopped);
        } finally {
          comeback.release(connection);
        }
        reconnect.pause(stopped);
        if (stopped.isDone()) {
          return done(everConnected ? JobResult.DONE : JobResult.NEVER_CONNECTED);
        }
      }
    }
  }

  private JobResult stay(Connection connection) throws ConnectionFailure, InterruptedException {
    try {
      reconnect.awaitConnack(connection, enough());
    } catch (CancellationException struck) {
      return JobResult.STRUCK;
    }
    FailedOutput.awaitAnswer(events, connection);
    if (!connection.opened().isDone()) {
      // There is nobody to send DISCONNECT to.
      return done(JobResult.NEVER_CONNECTED);
    }
    everConnected = true;
    reconnect.connected();
    connect = connect.again(connection.opened().join());
    ConnectionFailures.result(
        CompletableFuture.anyOf(enough(), connection.over())); // The time counts anew.
    connection.end(ReasonCode.NORMAL_DISCONNECTION, Properties.NONE);
    ConnectionOutcome end = connection.over().join();
    if (end.failure() != null) {
      throw end.failure();
    }
    return end == ConnectionOutcome.STRUCK ? JobResult.STRUCK : done(JobResult.DONE);
  }

  private JobResult done(JobResult otherwise) {
    return events.outputFailed().isDone() ? JobResult.OUTPUT_CLOSED : otherwise;
  }

  /**
   * Completes when the time is over, counted from now, or a stop is requested, or the output has
   * failed.
   */
  private CompletableFuture<Void> enough() {
    CompletableFuture<Void> enough = new CompletableFuture<>();
    stop.requested().thenRun(() -> enough.complete(null));
    events.outputFailed().thenRun(() -> enough.complete(null));
    if (stay != null) {
      enough.completeOnTimeout(null, stay.toMillis(), TimeUnit.MILLISECONDS);
    }
    return enough;
  }
}
