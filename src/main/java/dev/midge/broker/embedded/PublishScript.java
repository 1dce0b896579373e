package dev.midge.broker.embedded;

import dev.midge.broker.Inspector;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Scripts the broker's answers to messages of clients, their wills included. The broker's own
 * messages, which are those of {@code broker.publish()} and of scripts, have no answer.
 *
 * <pre>{@code
 * broker.onPublish("cmd/+").reply("done");
 * broker.onPublish("secret/#").refuse(0x87);
 * }</pre>
 *
 * <p>Several scripts for a topic all answer. They last over {@code restart()}, until {@code
 * clearScripts()}.
 */
public final class PublishScript {
  private final String filter;
  private final Script script;

  PublishScript(String filter, Script script) {
    this.filter = filter;
    this.script = script;
  }

  /**
   * Publishes a reply to each message's Response Topic, with its Correlation Data; a message
   * without a Response Topic has none. A Response Topic that begins with {@code $} gets a line in
   * the log in place of a reply.
   */
  public void reply(String payload) {
    Objects.requireNonNull(payload, "payload");
    reply(message -> payload);
  }

  /**
   * Publishes a reply that depends on the message.
   *
   * <pre>{@code
   * broker.onPublish("cmd/+").reply(m -> broker.retained("state").isPresent() ? "on" : "off");
   * }</pre>
   *
   * <p>The function runs on the broker's thread, when the message has been delivered. It may ask
   * the broker, publish, kick and advance time; {@code await…}, {@code restart()} and {@code
   * close()} throw an {@link IllegalStateException} there. The broker does nothing else before the
   * function returns: it should not block. One that has not returned two seconds after {@code
   * close()} is interrupted; {@code close()} frees the port and throws an {@link
   * IllegalStateException}.
   *
   * <p>An exception or error of the function means no reply; the client does not notice. The
   * failure is in the log and in {@code failures()}, and fails the test at {@code close()}.
   *
   * @param reply returns null for no reply
   */
  public void reply(Function<SeenMessage, @Nullable String> reply) {
    Objects.requireNonNull(reply, "reply");
    script.onPublish(
        filter,
        message -> {
          String topic = message.properties().text(Property.RESPONSE_TOPIC);
          String payload = topic == null ? null : reply.apply(message);
          return topic == null || payload == null ? null : message(topic, payload, message);
        });
  }

  /**
   * Publishes a message to a topic for each message.
   *
   * @throws IllegalArgumentException when the topic is no topic name, or begins with {@code $}
   */
  public void publish(String topic, String payload) {
    Objects.requireNonNull(payload, "payload");
    if (!Inspector.canPublishTo(Objects.requireNonNull(topic, "topic"))) {
      throw new IllegalArgumentException("no message can be published to '" + topic + "'");
    }
    script.onPublish(filter, message -> message(topic, payload, message));
  }

  /**
   * Has each message refused, which is neither delivered nor retained: by PUBACK or PUBREC in MQTT
   * 5, where one of QoS 0 has no answer. In MQTT 3, which has no way to say so, the connection
   * ends, in each QoS. Wills are not refused.
   *
   * @param reasonCode of MQTT 5, 0x80 to 0xFF
   */
  public void refuse(int reasonCode) {
    Script.checkRefuses(reasonCode);
    script.refusePublish(filter, reasonCode);
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
