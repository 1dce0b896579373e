package dev.midge.broker.core.delivery;

import dev.midge.mqtt.Qos;
import org.jspecify.annotations.Nullable;

/** The retained messages for one new subscription, read one by one as the client takes them. */
public interface RetainedSource {

  /** Returns the filter that the client has subscribed to. */
  String filter();

  /** Returns the QoS that was granted. */
  Qos qos();

  /**
   * Includes messages that are newer than the subscription: they were to be delivered as they were
   * published, but one of them was dropped.
   *
   * @return false if they were included before
   */
  boolean includeNewer();

  /** Tells a journal which messages are still to come. */
  void describeTo(SessionJournal to);

  /** Returns the next message; null if there are no more. */
  @Nullable Delivery next(long now);
}
