package dev.midge.client;

import java.time.Duration;

/** The job of {@code conn}: connect, stay, say goodbye. */
public final class Keeper {

  /**
   * @param stay how long to stay connected, counted from CONNACK; null until a stop is requested
   */
  public Keeper(ConnectSpec connect, Duration stay, ClientEvents events, StopSignal stop) {
    throw new UnsupportedOperationException();
  }

  /**
   * Stays connected until the time is over, a stop is requested or a fault strikes. An end by time
   * or by request is a clean DISCONNECT with reason 0: the broker throws the will away.
   *
   * @return {@link Ending#DONE} for both clean ends, or {@link Ending#STRUCK}
   * @throws LinkFailure when the connection cannot be made, is refused, or is lost
   */
  public Ending run() throws LinkFailure, InterruptedException {
    throw new UnsupportedOperationException();
  }
}
