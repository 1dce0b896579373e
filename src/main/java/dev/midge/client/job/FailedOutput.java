package dev.midge.client.job;

import dev.midge.client.ClientEvents;
import dev.midge.client.Connection;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets a client whose output has failed end in order. */
final class FailedOutput {
  private static final long PATIENCE_MILLIS = 1000;

  private FailedOutput() {}

  /**
   * Waits a moment for CONNACK, or for the failure, of a client whose output has failed: only
   * behind CONNACK can DISCONNECT keep the broker from publishing the will.
   */
  static void awaitAnswer(ClientEvents events, Connection connection) throws InterruptedException {
    if (events.outputFailed().isDone()) {
      try {
        connection.opened().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException | CancellationException | TimeoutException e) {
        // Whoever asks for the result is told.
      }
    }
  }
}
