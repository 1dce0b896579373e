package dev.midge.client;

import dev.midge.mqtt.Received;

/** Where a {@link Link} delivers. */
public interface LinkListener {

  /**
   * A message has come; it is acknowledged when this returns. Called one at a time, in order of
   * arrival.
   */
  void received(Received message);

  /** The connection ended and nobody on this side had asked for it. Called at most once. */
  void lost(LinkFailure failure);
}
