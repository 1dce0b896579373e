package dev.midge.client.job;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.ReasonCode;

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
  /** The time given was over, or a stop was requested, while there was no connection any more. */
  NOT_CONNECTED,
  /** The planned fault was carried out. */
  STRUCK,
  /** Every subscription was refused. */
  DENIED,
  /** The reader of the output is gone. */
  OUTPUT_CLOSED;

  /** Returns the reason of DISCONNECT: whoever is cut short leaves a will. */
  int disconnectReason() {
    return this == STOPPED || this == TIMED_OUT
        ? ReasonCode.DISCONNECT_WITH_WILL_MESSAGE
        : ReasonCode.NORMAL_DISCONNECTION;
  }
}
