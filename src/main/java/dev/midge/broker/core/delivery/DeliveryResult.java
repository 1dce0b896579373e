package dev.midge.broker.core.delivery;

/** The result of a delivery. */
public enum DeliveryResult {
  /** Sent, or queued. */
  TAKEN,
  /** A QoS 0 message for a client that is away. */
  NOT_KEPT,
  /** Dropped, because too many messages are queued. */
  FULL,
  /** Dropped, because memory is short. */
  REFUSED;

  public boolean isDropped() {
    return this == FULL || this == REFUSED;
  }
}
