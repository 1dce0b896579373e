package dev.midge.testing.willbroker;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Publish;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A message on its way to one session.
 *
 * @param message with the QoS and the retain flag of this delivery
 * @param identifiers of the subscriptions that it answers
 * @param born when its expiry began to count, by {@link System#nanoTime}
 */
record Delivery(Message message, List<Long> identifiers, long born) {

  static Delivery of(Message message, Qos qos, boolean retain, List<Long> identifiers, long born) {
    Message copy =
        new Message(message.topic(), message.payload(), qos, retain, message.properties());
    return new Delivery(copy, identifiers, born);
  }

  /** Tells whether the message must not be sent any more. */
  boolean isExpired() {
    Properties properties = message.properties();
    return properties.has(Property.MESSAGE_EXPIRY_INTERVAL)
        && age() >= properties.number(Property.MESSAGE_EXPIRY_INTERVAL, 0); // [MQTT-3.3.2-5]
  }

  /** The packet to send now. */
  Publish packet(int packetId, boolean dup) {
    Properties.Builder properties = Properties.builder();
    for (Properties.Entry entry : message.properties().entries()) {
      if (entry.property() == Property.MESSAGE_EXPIRY_INTERVAL) {
        properties.add(entry.property(), (Long) entry.value() - age()); // [MQTT-3.3.2-6]
      } else {
        properties.add(entry.property(), entry.value());
      }
    }
    for (Long identifier : identifiers) {
      properties.add(Property.SUBSCRIPTION_IDENTIFIER, identifier);
    }
    return new Publish(message.withProperties(properties.build()), dup, packetId);
  }

  private long age() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - born);
  }
}
