package dev.midge.cli.exec;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param properties those that it has because of the request or the way it was made
 */
record Answer(byte[] payload, Properties properties) {

  /** Makes answers. */
  interface Maker {
    /** Returns the answer; null where there is to be none. */
    @Nullable Answer to(ReceivedMessage request) throws InterruptedException;
  }

  /** Returns that which is the request itself. */
  static Answer echo(Message request) {
    Properties.Builder kept = Properties.builder();
    for (Properties.Entry entry : request.properties().entries()) {
      if (entry.property() == Property.CONTENT_TYPE
          || entry.property() == Property.PAYLOAD_FORMAT_INDICATOR) {
        kept.add(entry.property(), entry.value());
      }
    }
    return new Answer(request.payload(), kept.build());
  }

  /**
   * Returns the message to publish: of the QoS of the request, with its correlation data.
   *
   * @param given the properties that the user wants; null before MQTT 5, which has none
   */
  Message toMessage(String topic, Message request, @Nullable Properties given) {
    Message plain = Message.of(topic, payload, request.qos(), false);
    if (given == null) {
      return plain;
    }
    Properties.Builder all = Properties.builder().addAll(given);
    for (Properties.Entry entry : properties.entries()) {
      if (entry.property() == Property.USER_PROPERTY || !given.has(entry.property())) {
        all.add(entry.property(), entry.value());
      }
    }
    byte[] correlation = request.properties().bytes(Property.CORRELATION_DATA);
    if (correlation != null) {
      all.add(Property.CORRELATION_DATA, correlation);
    }
    return plain.withProperties(all.build());
  }
}
