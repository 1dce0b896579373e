package dev.midge.client;

import dev.midge.net.ClientChannel;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Holds how a connection ended: the first end counts. For several threads. */
final class ConnectionEnd {

  private static final long STUCK_MILLIS = 500;

  private final Engine engine;
  private final ClientChannel channel;
  private final CompletableFuture<ConnectionOutcome> over = new CompletableFuture<>();

  ConnectionEnd(Engine engine, ClientChannel channel) {
    this.engine = engine;
    this.channel = channel;
  }

  /** Returns whether that is the end; false when there was another before. */
  boolean begin(ConnectionOutcome outcome) {
    return over.complete(outcome);
  }

  boolean hasCome() {
    return over.isDone();
  }

  CompletableFuture<ConnectionOutcome> over() {
    return over;
  }

  /** Throws what calls get once the connection has ended. */
  void check() throws ConnectionFailure {
    if (over.isDone()) {
      ConnectionFailure failure = over.join().failure();
      if (failure != null) {
        throw failure;
      }
      throw new CancellationException();
    }
  }

  /** Waits for the end; returns false when it does not come in time. */
  boolean await(long millis) throws InterruptedException {
    try {
      over.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // It is completed with outcomes only.
    }
  }

  /** Closes the channel; one that the broker does not read is cut. Never fails. */
  void closeChannel() {
    ConnectionFailure failure = over.join().failure();
    boolean dead = failure != null && failure.kind() == ConnectionFailure.Kind.KEEPALIVE;
    engine.shut(
        null,
        () -> {
          try {
            if (dead || engine.isStuck(STUCK_MILLIS)) { // Nothing more would arrive.
              channel.abort();
            } else {
              channel.close();
            }
          } catch (IOException e) {
            // Then it is closed already.
          }
        });
  }
}
