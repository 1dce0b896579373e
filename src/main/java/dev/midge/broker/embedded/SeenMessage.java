package dev.midge.broker.embedded;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import java.nio.charset.StandardCharsets;

/**
 * A message that was published at the broker.
 *
 * @param publisher the client identifier; empty for a message of the test's own
 * @param isWill whether the broker has published it for a client that vanished
 * @param message with its topic, payload, QoS, RETAIN flag and properties
 */
public record SeenMessage(String publisher, boolean isWill, Message message) {

  /** Returns the topic name. */
  public String topic() {
    return message.topic();
  }

  /** Returns the payload as UTF-8 text. */
  public String text() {
    return new String(message.payload(), StandardCharsets.UTF_8);
  }

  /** Returns a copy of the payload. */
  public byte[] payload() {
    return message.payload().clone();
  }

  /** Returns the quality of service, 0 to 2. */
  public int qos() {
    return message.qos().level();
  }

  /** Returns the RETAIN flag. */
  public boolean isRetained() {
    return message.retain();
  }

  /** Returns the properties of MQTT 5; empty in MQTT 3. */
  public Properties properties() {
    return message.properties();
  }

  /** Returns the message as failed assertions show it, for instance {@code a/b "on" (q1, d1)}. */
  @Override
  public String toString() {
    return FailureText.text(topic())
        + " \""
        + FailureText.payload(message.payload())
        + "\" (q"
        + qos()
        + (isRetained() ? ", retained" : "")
        + (publisher.isEmpty() ? "" : ", from " + FailureText.text(publisher))
        + (isWill ? ", will" : "")
        + ")";
  }
}
