package dev.midge.cli.fleet;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.job.JobResult;

/**
 * Tells of each client of a fleet, where somebody wants to know. Called by the client's threads.
 */
public interface DeviceReport {
  /** Tells nobody of anything. */
  DeviceReport NONE = spec -> ClientEvents.NONE;

  /** Returns who hears that client. */
  ClientEvents events(ConnectSpec spec);

  /** The client has come to an end that is no failure. */
  default void ended(ConnectSpec spec, JobResult how) {}

  /** The client has failed. */
  default void failed(ConnectSpec spec, ConnectionFailure why) {}
}
