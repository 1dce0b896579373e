package dev.midge.broker.core;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Publish;

/**
 * A message on its way through the broker: one object, however many subscribers, queues and the
 * retained store hold it. Router thread only.
 */
final class Publication {
  private static final long SECOND = 1_000_000_000L;

  /** With the properties that are passed on, and no others. */
  final Message message;

  final long receivedAt;

  /** {@link Timers#NEVER} when the message has no Message Expiry Interval. */
  final long expiresAt;

  /** The client identifier of the publisher, for No Local. */
  final String publisher;

  /** The number of its storing, if it was retained; they rise. 0 for not. */
  long storedAs;

  // The packets that all QoS 0 subscribers without wishes of their own share, so that the
  // transport encodes them once. Remade when the remaining expiry may have changed.
  private Publish shared;
  private Publish sharedRetained;
  private long sharedAt;

  /** True if it is a will, which overtakes nothing that its client has sent in whatever QoS. */
  final boolean isWill;

  private Publication(
      Message message, long receivedAt, long expiresAt, String publisher, boolean isWill) {
    this.message = message;
    this.receivedAt = receivedAt;
    this.expiresAt = expiresAt;
    this.publisher = publisher;
    this.isWill = isWill;
  }

  /** Takes a message as PUBLISH brought it, with the topic in place of an alias. */
  static Publication of(Message message, String publisher, long now) {
    return of(message, publisher, false, now);
  }

  /** Takes a will, as it is to be published. */
  static Publication ofWill(Message message, String publisher, long now) {
    return of(message, publisher, true, now);
  }

  private static Publication of(Message message, String publisher, boolean isWill, long now) {
    Properties properties = message.properties();
    if (properties.isEmpty()) {
      return new Publication(message, now, Timers.NEVER, publisher, isWill);
    }
    long interval = properties.number(Property.MESSAGE_EXPIRY_INTERVAL, -1);
    Properties passedOn =
        properties.without(Property.MESSAGE_EXPIRY_INTERVAL).without(Property.TOPIC_ALIAS);
    return new Publication(
        passedOn == properties ? message : message.withProperties(passedOn),
        now,
        interval < 0 ? Timers.NEVER : now + interval * SECOND,
        publisher,
        isWill);
  }

  /**
   * Whether the message must not be delivered any more [MQTT-3.3.2-5]. One with an interval of 0 is
   * for those who are there when it comes.
   */
  boolean isExpired(long now) {
    return now >= expiresAt && now > receivedAt;
  }

  int payloadLength() {
    return message.payload().length;
  }

  /** The packet for a QoS 0 subscriber without identifier and alias; the same object for all. */
  Publish shared(boolean retain, long now) {
    if (expiresAt != Timers.NEVER && sharedAt != now) {
      shared = null;
      sharedRetained = null;
      sharedAt = now;
    }
    Publish packet = retain ? sharedRetained : shared;
    if (packet == null) {
      packet = packet(message.topic(), Qos.AT_MOST_ONCE, retain, properties(now), false, 0);
      if (retain) {
        sharedRetained = packet;
      } else {
        shared = packet;
      }
    }
    return packet;
  }

  /** A packet for one subscriber. */
  Publish packet(
      String topic, Qos qos, boolean retain, Properties properties, boolean dup, int packetId) {
    Message outgoing =
        topic.equals(message.topic())
                && qos == message.qos()
                && retain == message.retain()
                && properties == message.properties()
            ? message
            : new Message(topic, message.payload(), qos, retain, properties);
    return new Publish(outgoing, dup, packetId);
  }

  /** What is passed on, and how long the message may still live [MQTT-3.3.2-6]. */
  Properties properties(long now) {
    if (expiresAt == Timers.NEVER) {
      return message.properties();
    }
    // Rounded up: a message that may be delivered has something left.
    long remaining = (expiresAt - now + SECOND - 1) / SECOND;
    return remaining <= 0
        ? message.properties()
        : message.properties().plus(Property.MESSAGE_EXPIRY_INTERVAL, remaining);
  }
}
