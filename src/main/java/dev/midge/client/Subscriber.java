package dev.midge.client;

/** The job of {@code sub}: connect, subscribe, hand over what comes, until there is enough. */
public final class Subscriber {
  public Subscriber(
      ConnectSpec connect,
      SubscribeSpec subscribe,
      ClientEvents events,
      MessageSink sink,
      StopSignal stop) {
    throw new UnsupportedOperationException();
  }

  /**
   * Works until something ends it; an end by time or by signal sends DISCONNECT 0x04 in MQTT 5. A
   * lost connection is made again once a second, for ever, after the first success.
   *
   * @return why it ended
   * @throws LinkFailure when the first connection cannot be made, or any is refused
   */
  public Ending run() throws LinkFailure, InterruptedException {
    throw new UnsupportedOperationException();
  }
}
