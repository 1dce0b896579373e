package dev.midge.broker;

import java.io.IOException;

/** The mini broker as one object. Several can live in one JVM. */
public final class Broker implements AutoCloseable {
  private Broker() {}

  /**
   * Starts a broker; it is listening when this returns.
   *
   * @throws IOException when a port cannot be opened
   */
  public static Broker start(BrokerConfig config) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The port of the first listener. */
  public int port() {
    throw new UnsupportedOperationException();
  }

  /**
   * Publishes the wills of all who are connected, closes all connections, and waits until that is
   * done.
   */
  @Override
  public void close() {}
}
