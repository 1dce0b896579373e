package dev.midge.mqtt;

import java.time.Duration;

/**
 * The Last Will and Testament: a whole message that the broker publishes when the client vanishes.
 *
 * @param message as it stands in CONNECT; its properties may hold a Will Delay Interval
 */
public record Will(Message message) {

  /** Returns the time that the broker waits, in whole seconds; zero when not given. */
  public Duration delay() {
    return Duration.ofSeconds(message.properties().number(Property.WILL_DELAY_INTERVAL, 0));
  }

  /** Returns the message that is published: without the delay, which is for the broker only. */
  public Message publication() {
    return message.withProperties(message.properties().without(Property.WILL_DELAY_INTERVAL));
  }
}
