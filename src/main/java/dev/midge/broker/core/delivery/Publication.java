package dev.midge.broker.core.delivery;

import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.Timers;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Publish;
import org.jspecify.annotations.Nullable;

/**
 * A message in the broker: one object, however many subscribers, queues and the retained store hold
 * it. Router thread only.
 */
public final class Publication {
  private static final long SECOND = 1_000_000_000L;

  private final Message message;
  private final long receivedAt;
  private final long expiresAt;
  private final ClientIdentity publisher;
  private final boolean isWill;
  private long retainedNumber;
  private long savedNumber;

  // The packets that all QoS 0 subscribers without identifiers and aliases share, so that the
  // transport encodes them once. Made anew when the remaining expiry may have changed.
  private @Nullable Publish shared;
  private @Nullable Publish sharedRetained;
  private long sharedAt;

  private Publication(
      Message message, long receivedAt, long expiresAt, ClientIdentity publisher, boolean isWill) {
    this.message = message;
    this.receivedAt = receivedAt;
    this.expiresAt = expiresAt;
    this.publisher = publisher;
    this.isWill = isWill;
  }

  /** Makes one of a message as PUBLISH brought it, with the topic in place of an alias. */
  public static Publication of(Message message, ClientIdentity publisher, long now) {
    return of(message, publisher, false, now);
  }

  /** Makes one of a will, as it is to be published. */
  public static Publication ofWill(Message message, ClientIdentity publisher, long now) {
    return of(message, publisher, true, now);
  }

  /**
   * Makes one that was received before the broker has begun.
   *
   * @param message with the properties that are passed on
   */
  public static Publication restored(
      Message message, long expiresAt, ClientIdentity publisher, boolean isWill) {
    return new Publication(message, Long.MIN_VALUE, expiresAt, publisher, isWill);
  }

  private static Publication of(
      Message message, ClientIdentity publisher, boolean isWill, long now) {
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

  /** Returns the message with the properties that are passed on, and no others. */
  public Message message() {
    return message;
  }

  /** Returns the client that has published it, as it was then. */
  public ClientIdentity publisher() {
    return publisher;
  }

  /** Returns {@link Timers#NEVER} for a message without Message Expiry Interval. */
  public long expiresAt() {
    return expiresAt;
  }

  /** Tells whether it is a will, which overtakes no message that its client has sent before. */
  public boolean isWill() {
    return isWill;
  }

  /** Returns the number in the order of storing; 0 if it was not retained. */
  public long retainedNumber() {
    return retainedNumber;
  }

  public void retainedNumber(long number) {
    retainedNumber = number;
  }

  /** Returns the number that a {@link StateJournal} has given it; 0 for none. */
  public long savedNumber() {
    return savedNumber;
  }

  public void savedNumber(long number) {
    savedNumber = number;
  }

  /**
   * Tells whether the message must not be delivered any more [MQTT-3.3.2-5]. One with an interval
   * of 0 is for those who are connected when it comes.
   */
  public boolean isExpired(long now) {
    return now >= expiresAt && now > receivedAt;
  }

  public int payloadLength() {
    return message.payload().length;
  }

  /** Returns the packet for QoS 0 subscribers without identifier and alias; one object for all. */
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

  /** Makes a packet for one subscriber. */
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

  /**
   * Returns the properties to pass on, with the time that is left to the message [MQTT-3.3.2-6].
   */
  Properties properties(long now) {
    if (expiresAt == Timers.NEVER) {
      return message.properties();
    }
    // Rounded up: a message that may be delivered has some time left.
    long remaining = (expiresAt - now + SECOND - 1) / SECOND;
    return remaining <= 0
        ? message.properties()
        : message.properties().plus(Property.MESSAGE_EXPIRY_INTERVAL, remaining);
  }
}
