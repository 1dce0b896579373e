package dev.midge.client.job;

import dev.midge.client.ConnectionFailure;

/** Tells how a client's job came to its end. Failures are {@link ConnectionFailure}s. */
public enum JobResult {
  /** All is done. */
  DONE,
  /** The time given was over. */
  TIMED_OUT,
  /** A stop was requested. */
  STOPPED,
  /** The time given was over, or a stop was requested, before the broker first said CONNACK. */
  NEVER_CONNECTED,
  /** The planned fault was carried out. */
  STRUCK,
  /** Every subscription was refused. */
  DENIED,
  /** The reader of the output is gone. */
  OUTPUT_CLOSED
}
