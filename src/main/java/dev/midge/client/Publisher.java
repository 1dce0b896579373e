package dev.midge.client;

import java.io.IOException;

/** The job of {@code pub}: connect, publish all, wait until all is delivered, say goodbye. */
public final class Publisher {
  public Publisher(ConnectSpec connect, PublishSpec publish, ClientEvents events) {
    throw new UnsupportedOperationException();
  }

  /**
   * Publishes everything that the source holds.
   *
   * @return {@link Ending#DONE} or {@link Ending#STRUCK}
   * @throws IOException when the source cannot be read; the connection was ended in order
   */
  public Ending publishAll(PayloadSource source)
      throws LinkFailure, IOException, InterruptedException {
    throw new UnsupportedOperationException();
  }
}
