package dev.midge.client;

import dev.midge.net.ClientChannel;

/** Makes the engine of a connection; the session that it belongs to is known to the factory. */
public interface EngineFactory {

  /**
   * Returns an engine that is not started.
   *
   * @param channel is not connected yet; the engine connects it but never closes it, except where
   *     the keep alive finds the broker dead
   */
  Engine create(
      ConnectSpec spec, ClientChannel channel, MessageListener listener, ClientEvents events);
}
