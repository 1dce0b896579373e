package dev.midge.client;

import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.fault.Effect;
import dev.midge.fault.FaultyChannel;
import dev.midge.fault.Moment;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Disconnect;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The end of a {@link Connection}, in whatever way it comes; the first one counts, and everything
 * else of the link hears of it here. Used by the link and what it is made of, on several threads.
 */
final class Closing {

  /** How long a part of the end may take where the broker does not do its share. */
  private static final long PATIENCE_MILLIS = 1000;

  private final Connection link;
  private final ProtocolVersion version;
  private final MessageListener listener;
  private final FaultyChannel wire;
  private final FaultInjector misfortune;
  private final Outgoing outgoing;
  private final Incoming incoming;
  private final PahoThreads threads;
  private final CompletableFuture<ConnectionOutcome> over = new CompletableFuture<>();

  Closing(
      Connection link,
      ProtocolVersion version,
      MessageListener listener,
      FaultyChannel wire,
      FaultInjector misfortune,
      Outgoing outgoing,
      Incoming incoming,
      PahoThreads threads) {
    this.link = link;
    this.version = version;
    this.listener = listener;
    this.wire = wire;
    this.misfortune = misfortune;
    this.outgoing = outgoing;
    this.incoming = incoming;
    this.threads = threads;
  }

  /** Completes when the connection has ended. */
  CompletableFuture<ConnectionOutcome> over() {
    return over;
  }

  /**
   * Ends the connection: by the planned fault if its moment is the end, otherwise with DISCONNECT.
   * What was delivered has been acknowledged by then. Takes three seconds at most. Not for the
   * listener's thread.
   *
   * @param reasonCode 0 or 4; with 4 MQTT 3, which has no such code, still says an ordinary goodbye
   */
  void end(int reasonCode, Properties properties) throws InterruptedException {
    if (over.isDone()) {
      return;
    }
    link.settle(PATIENCE_MILLIS);
    if (misfortune.moment(Moment.End.class) != null) {
      strike(misfortune.planned().effect(), properties);
    } else if (over.complete(ConnectionOutcome.ASKED)) {
      CountDownLatch said = new CountDownLatch(1);
      threads.execute(
          () -> {
            try {
              outgoing.send(new Disconnect(reasonCode, properties), false); // [MQTT-3.14.4-1]
            } catch (IOException e) {
              // The broker was faster.
            }
            said.countDown();
          });
      said.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      finish(ConnectionOutcome.ASKED);
    }
  }

  /** Carries out the planned fault. */
  void strikeAsPlanned() {
    strike(misfortune.planned().effect(), Properties.NONE);
  }

  void strike(Effect effect, Properties farewell) {
    if (over.complete(ConnectionOutcome.STRUCK)) {
      misfortune.strike(effect, outgoing, farewell);
      if (link.connack() == null) {
        link.opened().cancel(false);
      }
      link.sending().disengage(ConnectionOutcome.STRUCK);
      link.sending().stop(null);
      misfortune.struck().thenRun(this::stopEngine);
    }
  }

  /** Closes the transport without DISCONNECT, if it is still open. Never fails. */
  void close() {
    if (over.complete(ConnectionOutcome.ASKED)) {
      finish(ConnectionOutcome.ASKED);
    } else {
      closeWire();
    }
  }

  /** The connection ends against the plan. */
  void fail(ConnectionFailure failure) {
    if (over.complete(ConnectionOutcome.failed(failure))) {
      failed(failure);
    }
  }

  private void failed(ConnectionFailure failure) {
    finish(over.join());
    if (link.connack() != null) {
      listener.lost(failure);
    }
  }

  /**
   * Cuts the wire if the broker has not read for so long: whoever is stuck with a write is free by
   * that, and only then the engine, which waits for its sender, may hear of it.
   */
  void cutIfStuck(long millis) {
    if (outgoing.isShut() || !outgoing.isStuck(millis)) {
      return; // Whoever has shut the way sees to the wire.
    }
    ConnectionFailure failure = new ConnectionFailure(Kind.KEEPALIVE, null);
    boolean first =
        over.complete(ConnectionOutcome.failed(failure)); // If not, the farewell is stuck.
    abort();
    if (first) {
      failed(failure);
    }
  }

  private void abort() {
    try {
      wire.abort();
    } catch (IOException e) {
      // Then it is closed already.
    }
  }

  private void finish(ConnectionOutcome end) {
    closeWire();
    if (end.failure() == null) {
      link.opened().cancel(false);
    } else {
      link.opened().completeExceptionally(end.failure());
    }
    link.sending().stop(end.failure());
    link.sending().disengage(end);
    stopEngine();
  }

  private void closeWire() {
    boolean dead = over.join().failure() != null && over.join().failure().kind() == Kind.KEEPALIVE;
    outgoing.shut(
        () -> {
          try {
            if (dead || outgoing.isStuck(PATIENCE_MILLIS / 2)) { // No farewell would arrive.
              wire.abort();
            } else {
              wire.close();
            }
          } catch (IOException e) {
            // Then it is closed already.
          }
        });
    incoming.begin();
  }

  private void stopEngine() {
    threads.execute(
        () -> {
          link.stopEngine();
          threads.shutdownNow();
        });
  }

  /** The broker broke the rules, or ended the connection by a packet. */
  void ended(ConnectionFailure failure) {
    boolean fault = failure.kind() == Kind.MALFORMED || failure.kind() == Kind.PROTOCOL;
    if (fault && version.isV5() && link.connack() != null && !over.isDone()) {
      try {
        outgoing.send(new Disconnect(failure.code(), Properties.NONE), false); // [MQTT-4.13.1-1]
      } catch (IOException e) {
        // The broker is gone.
      }
    }
    fail(failure);
  }

  /** The engine or the wire refuses service: the thread that reads should soon know why. */
  void broken() throws ConnectionFailure, InterruptedException {
    failUnlessExplained();
    try {
      over.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    check();
  }

  /** The thread that reads may know a better reason, and has a moment to tell it. */
  void failUnlessExplained() {
    threads.later(() -> fail(new ConnectionFailure(Kind.LOST, null)), PATIENCE_MILLIS);
  }

  /** Throws what calls get once the connection has ended. */
  void check() throws ConnectionFailure {
    if (over.isDone()) {
      ConnectionOutcome end = over.join();
      if (end.failure() != null) {
        throw end.failure();
      }
      throw new CancellationException();
    }
  }
}
