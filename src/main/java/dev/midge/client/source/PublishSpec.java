package dev.midge.client.source;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import java.time.Duration;

/**
 * Holds everything that {@code pub} sends, apart from the payloads.
 *
 * @param topic that of each message, like QoS, retain flag and properties, unless a source of
 *     messages says otherwise
 * @param properties those of each PUBLISH
 * @param disconnectProperties those of DISCONNECT
 * @param repeatDelay from the delivery of a message to the sending of the next, unless the payloads
 *     are a stream
 */
public record PublishSpec(
    String topic,
    Qos qos,
    boolean retain,
    Properties properties,
    Properties disconnectProperties,
    Duration repeatDelay) {

  /** Returns the message with that payload. */
  public Message message(byte[] payload) {
    return new Message(topic, payload, qos, retain, properties);
  }
}
