package dev.midge.client;

import dev.midge.net.ClientChannel;
import org.jspecify.annotations.Nullable;

/** Makes the engine of a connection; the session that it belongs to is known to the factory. */
public interface EngineFactory {

  /**
   * Returns an engine that is not started.
   *
   * @param channel is not connected yet; the engine connects it but never closes it, except where
   *     the keep alive finds the broker dead
   * @param watch is asked before each packet; null where there are no faults
   */
  Engine create(
      ConnectSpec spec,
      ClientChannel channel,
      @Nullable FaultWatch watch,
      MessageListener listener,
      ClientEvents events);
}
