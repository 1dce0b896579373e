package dev.midge.broker.embedded;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Scripts the broker's answers to messages of clients.
 *
 * <pre>{@code
 * broker.onPublish("cmd/+").reply("done");
 * broker.onPublish("secret/#").refuse(0x87);
 * }</pre>
 */
public final class PublishScript {
  private final String filter;
  private final Script script;
  private final Consumer<Message> publisher;
  private final Consumer<String> faults;

  PublishScript(
      String filter, Script script, Consumer<Message> publisher, Consumer<String> faults) {
    this.filter = filter;
    this.script = script;
    this.publisher = publisher;
    this.faults = faults;
  }

  /**
   * Publishes a reply to each message's Response Topic, with its Correlation Data; a message
   * without a Response Topic has none.
   */
  public void reply(String payload) {
    reply(message -> payload);
  }

  /** Publishes a reply that depends on the message; null for no reply. */
  public void reply(Function<SeenMessage, String> reply) {
    script.onPublish(
        filter,
        message -> {
          String topic = message.properties().text(Property.RESPONSE_TOPIC);
          String payload = topic == null ? null : reply.apply(message);
          if (topic != null && payload != null) {
            publisher.accept(message(topic, payload, message));
          }
        });
  }

  /** Publishes a message to a topic for each message. */
  public void publish(String topic, String payload) {
    script.onPublish(filter, message -> publisher.accept(message(topic, payload, message)));
  }

  /**
   * Has PUBACK or PUBREC refuse each message; it is not delivered. In MQTT 3, which has no way to
   * say so, the connection ends.
   *
   * @param reasonCode of MQTT 5, 0x80 and above
   */
  public void refuse(int reasonCode) {
    faults.accept(String.format("nack:0x%02X@publish-out:* topic=%s", reasonCode, filter));
  }

  private static Message message(String topic, String payload, SeenMessage request) {
    byte[] correlation = request.properties().bytes(Property.CORRELATION_DATA);
    Properties properties =
        correlation == null
            ? Properties.NONE
            : Properties.builder().add(Property.CORRELATION_DATA, correlation).build();
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    Qos qos = request.message().qos();
    return new Message(topic, bytes, qos, false, properties);
  }
}
