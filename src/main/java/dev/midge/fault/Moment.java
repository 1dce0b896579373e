package dev.midge.fault;

import java.time.Duration;

/** When a fault strikes. */
public sealed interface Moment {

  /** Where DISCONNECT would have been sent. */
  record End() implements Moment {}

  /** As soon as CONNACK has come. */
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
