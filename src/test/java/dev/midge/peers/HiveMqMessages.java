package dev.midge.peers;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5WillPublish;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Messages in the words of HiveMQ's client, and back. */
final class HiveMqMessages {
  private HiveMqMessages() {}

  static Mqtt5UserProperties user(Properties properties) {
    List<Mqtt5UserProperty> user = new ArrayList<>();
    for (Properties.Entry entry : properties.entries()) {
      if (entry.value() instanceof Properties.Pair pair) {
        user.add(Mqtt5UserProperty.of(pair.key(), pair.value()));
      }
    }
    return Mqtt5UserProperties.of(user);
  }

  static Mqtt5Publish to(Message message) {
    Mqtt5PublishBuilder.Complete builder =
        Mqtt5Publish.builder()
            .topic(message.topic())
            .payload(message.payload())
            .qos(MqttQos.fromCode(message.qos().level()))
            .retain(message.retain())
            .userProperties(user(message.properties()));
    for (Properties.Entry entry : message.properties().entries()) {
      Object value = entry.value();
      builder =
          switch (entry.property()) {
            case PAYLOAD_FORMAT_INDICATOR ->
                builder.payloadFormatIndicator(
                    Mqtt5PayloadFormatIndicator.fromCode(((Long) value).intValue()));
            case MESSAGE_EXPIRY_INTERVAL -> builder.messageExpiryInterval((Long) value);
            case CONTENT_TYPE -> builder.contentType((String) value);
            case RESPONSE_TOPIC -> builder.responseTopic((String) value);
            case CORRELATION_DATA -> builder.correlationData((byte[]) value);
            case USER_PROPERTY, WILL_DELAY_INTERVAL -> builder;
            default -> throw new IllegalArgumentException("not with HiveMQ: " + entry);
          };
    }
    return builder.build();
  }

  static Mqtt5WillPublish to(Will will) {
    return to(will.message()).extend().asWill().delayInterval(will.delay().toSeconds()).build();
  }

  /** In the order of the identifiers. */
  static Message from(Mqtt5Publish publish) {
    Properties.Builder properties = Properties.builder();
    publish
        .getPayloadFormatIndicator()
        .ifPresent(format -> properties.add(Property.PAYLOAD_FORMAT_INDICATOR, format.getCode()));
    publish
        .getMessageExpiryInterval()
        .ifPresent(seconds -> properties.add(Property.MESSAGE_EXPIRY_INTERVAL, seconds));
    publish
        .getContentType()
        .ifPresent(type -> properties.add(Property.CONTENT_TYPE, type.toString()));
    publish
        .getResponseTopic()
        .ifPresent(topic -> properties.add(Property.RESPONSE_TOPIC, topic.toString()));
    publish
        .getCorrelationData()
        .ifPresent(data -> properties.add(Property.CORRELATION_DATA, bytes(data)));
    for (Mqtt5UserProperty user : publish.getUserProperties().asList()) {
      properties.userProperty(user.getName().toString(), user.getValue().toString());
    }
    return new Message(
        publish.getTopic().toString(),
        publish.getPayloadAsBytes(),
        Qos.of(publish.getQos().getCode()),
        publish.isRetain(),
        properties.build());
  }

  static Message from(Mqtt3Publish publish) {
    return Message.of(
        publish.getTopic().toString(),
        publish.getPayloadAsBytes(),
        Qos.of(publish.getQos().getCode()),
        publish.isRetain());
  }

  private static byte[] bytes(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return bytes;
  }
}
