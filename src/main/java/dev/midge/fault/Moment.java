package dev.midge.fault;

import java.time.Duration;

/** The moment at which a fault happens. */
public sealed interface Moment {

  /** In place of DISCONNECT. */
  record End() implements Moment {}

  /** On CONNACK. */
  record Connected() implements Moment {}

  /** Some time after CONNACK. */
  record After(Duration time) implements Moment {}

  /**
   * Right after the n-th PUBLISH was written.
   *
   * @param number counted from 1
   */
  record Published(int number) implements Moment {}
}
