package dev.midge.client.job;

import dev.midge.client.ClientEvents;
import dev.midge.client.Connection;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets a client end in order that is to end before its connection is open. */
final class EarlyEnd {
  private static final long PATIENCE_MILLIS = 1000;

  private EarlyEnd() {}

  /**
   * Waits a moment for CONNACK, or for the failure, of a client whose output has failed, and until
   * the connection is open where CONNACK has come: only behind CONNACK can DISCONNECT keep the
   * broker from publishing the will, and whoever is told that a client is ready may stop it at
   * once.
   */
  static void awaitAnswer(ClientEvents events, Connection connection) throws InterruptedException {
    if (events.outputFailed().isDone() || connection.isAccepted()) {
      try {
        connection.opened().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException | CancellationException | TimeoutException e) {
        // Whoever asks for the result is told.
      }
    }
  }
}
