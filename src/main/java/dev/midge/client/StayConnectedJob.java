package dev.midge.client;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ReasonCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The job of {@code conn}: connect, stay, say goodbye. */
public final class StayConnectedJob {

  private final ConnectSpec connect;
  private final Duration stay;
  private final ClientEvents events;
  private final StopSignal stop;

  /**
   * @param stay how long to stay connected, counted from CONNACK, and how long to wait for that;
   *     null until a stop is requested
   */
  public StayConnectedJob(
      ConnectSpec connect, Duration stay, ClientEvents events, StopSignal stop) {
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
   * @return {@link JobResult#DONE} for both clean ends, {@link JobResult#STRUCK}, or {@link
   *     JobResult#NEVER_CONNECTED} when CONNACK had not come by then
   * @throws ConnectionFailure when the connection cannot be made, is refused, or is lost
   */
  public JobResult run() throws ConnectionFailure, InterruptedException {
    Connection link = Connection.start(connect, events, new Deaf(), Session.ofOneLink());
    try (link) {
      Connection.result(CompletableFuture.anyOf(link.opened(), enough()));
      if (link.connack() == null) {
        return JobResult.NEVER_CONNECTED; // Nobody to say goodbye to.
      }
      Connection.result(CompletableFuture.anyOf(enough(), link.over())); // The time counts anew.
      link.end(ReasonCode.NORMAL_DISCONNECTION, Properties.NONE);
      ConnectionOutcome end = link.over().join();
      if (end.failure() != null) {
        throw end.failure();
      }
      if (end == ConnectionOutcome.STRUCK) {
        Connection.result(CompletableFuture.anyOf(link.struck(), stop.requested()));
        return JobResult.STRUCK;
      }
      return JobResult.DONE;
    }
  }

  /** Completes when the time is over, counted from now, or a stop is requested. */
  private CompletableFuture<Void> enough() {
    CompletableFuture<Void> enough = new CompletableFuture<>();
    stop.requested().thenRun(() -> enough.complete(null));
    if (stay != null) {
      enough.completeOnTimeout(null, stay.toMillis(), TimeUnit.MILLISECONDS);
    }
    return enough;
  }
}
