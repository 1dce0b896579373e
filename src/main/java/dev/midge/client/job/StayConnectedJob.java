package dev.midge.client.job;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.ConnectionOutcome;
import dev.midge.client.EngineKind;
import dev.midge.client.MessageListener;
import dev.midge.client.StopSignal;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ReasonCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does the job of {@code conn}: connects, stays, sends DISCONNECT. */
public final class StayConnectedJob {

  private final ConnectSpec connect;
  private final @Nullable Duration stay;
  private final ClientEvents events;
  private final StopSignal stop;

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
  }

  /**
   * Stays connected until the time is over, a stop is requested or a fault strikes. An end by time
   * or by request is a clean DISCONNECT with reason 0: the broker throws the will away. A frozen
   * connection is kept until the broker hangs up or a stop is requested.
   *
   * @return {@link JobResult#DONE} for both clean ends, {@link JobResult#OUTPUT_CLOSED} for a third
   *     one, {@link JobResult#STRUCK}, or {@link JobResult#NEVER_CONNECTED} when CONNACK had not
   *     come by then
   * @throws ConnectionFailure when the connection cannot be made, is refused, or is lost
   */
  public JobResult run() throws ConnectionFailure, InterruptedException {
    try (Connection connection =
        Engines.start(connect, EngineKind.PAHO, events, MessageListener.IGNORE)) {
      ConnectionFailures.result(CompletableFuture.anyOf(connection.opened(), enough()));
      FailedOutput.awaitAnswer(events, connection);
      if (!connection.opened().isDone()) {
        // There is nobody to send DISCONNECT to.
        return done(JobResult.NEVER_CONNECTED);
      }
      ConnectionFailures.result(
          CompletableFuture.anyOf(enough(), connection.over())); // The time counts anew.
      connection.end(ReasonCode.NORMAL_DISCONNECTION, Properties.NONE);
      ConnectionOutcome end = connection.over().join();
      if (end.failure() != null) {
        throw end.failure();
      }
      if (end == ConnectionOutcome.STRUCK) {
        ConnectionFailures.result(
            CompletableFuture.anyOf(connection.struck(), stop.requested(), events.outputFailed()));
        return JobResult.STRUCK;
      }
      return done(JobResult.DONE);
    }
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
