package dev.midge.client;

import java.time.Duration;

/**
 * The job of {@code rr}: connect, subscribe, publish the request on SUBACK, hand over the first
 * message that comes, say goodbye.
 */
public final class Requester {
  public Requester(
      ConnectSpec connect, RequestSpec request, ClientEvents events, MessageSink sink) {
    throw new UnsupportedOperationException();
  }

  /**
   * Asks once.
   *
   * @return {@link Ending#DONE}, {@link Ending#TIMED_OUT}, {@link Ending#DENIED}, {@link
   *     Ending#STRUCK} or {@link Ending#OUTPUT_CLOSED}
   */
  public Ending run() throws LinkFailure, InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** From the start of publishing the request to the arrival of the answer, after {@link #run}. */
  public Duration latency() {
    throw new UnsupportedOperationException();
  }
}
