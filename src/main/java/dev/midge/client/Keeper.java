package dev.midge.client;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ReasonCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The job of {@code conn}: connect, stay, say goodbye. */
public final class Keeper {

  private final ConnectSpec connect;
  private final Duration stay;
  private final ClientEvents events;
  private final StopSignal stop;

  /**
   * @param stay how long to stay connected, counted from CONNACK; null until a stop is requested
   */
  public Keeper(ConnectSpec connect, Duration stay, ClientEvents events, StopSignal stop) {
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
   * @return {@link Ending#DONE} for both clean ends, or {@link Ending#STRUCK}
   * @throws LinkFailure when the connection cannot be made, is refused, or is lost
   */
  public Ending run() throws LinkFailure, InterruptedException {
    Link link = Link.start(connect, events, new Deaf(), Session.ofOneLink());
    try (link) {
      Link.result(CompletableFuture.anyOf(link.opened(), stop.requested()));
      CompletableFuture<Void> enough = new CompletableFuture<>();
      stop.requested().thenRun(() -> enough.complete(null));
      if (stay != null) {
        enough.completeOnTimeout(null, stay.toMillis(), TimeUnit.MILLISECONDS);
      }
      Link.result(CompletableFuture.anyOf(enough, link.over()));
      if (!link.opened().isDone()) {
        return Ending.DONE;
      }
      link.end(ReasonCode.NORMAL_DISCONNECTION, Properties.NONE);
      End end = link.over().join();
      if (end.failure() != null) {
        throw end.failure();
      }
      if (end == End.STRUCK) {
        Link.result(CompletableFuture.anyOf(link.struck(), stop.requested()));
        return Ending.STRUCK;
      }
      return Ending.DONE;
    }
  }
}
