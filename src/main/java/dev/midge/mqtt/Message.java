package dev.midge.mqtt;

import java.util.Arrays;

/**
 * An application message: a payload for a topic.
 *
 * @param topic a topic name that {@link Topics#isValidName} accepts
 * @param payload at most 268435455 bytes, less the topic and the properties; never changed after it
 *     was handed over
 * @param properties those of PUBLISH, or of the will; empty in MQTT 3
 */
public record Message(
    String topic, byte[] payload, Qos qos, boolean retain, Properties properties) {
  private static final byte[] EMPTY = {};

  public static Message of(String topic, byte[] payload, Qos qos, boolean retain) {
    return new Message(topic, payload, qos, retain, Properties.NONE);
  }

  /** Returns one with a payload of no bytes, QoS 0, not retained. */
  public static Message empty(String topic) {
    return of(topic, EMPTY, Qos.AT_MOST_ONCE, false);
  }

  public Message withProperties(Properties others) {
    return new Message(topic, payload, qos, retain, others);
  }

  /** Returns the same message with another payload. */
  public Message withPayload(byte[] other) {
    return new Message(topic, other, qos, retain, properties);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Message that
        && topic.equals(that.topic)
        && Arrays.equals(payload, that.payload)
        && qos == that.qos
        && retain == that.retain
        && properties.equals(that.properties);
  }

  @Override
  public int hashCode() {
    return topic.hashCode() * 31 + Arrays.hashCode(payload);
  }

  @Override
  public String toString() {
    return "Message["
        + topic
        + ", "
        + payload.length
        + " bytes, q"
        + qos.level()
        + (retain ? ", retained" : "")
        + "]";
  }
}
