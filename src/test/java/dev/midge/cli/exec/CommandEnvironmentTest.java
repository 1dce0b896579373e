package dev.midge.cli.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandEnvironmentTest {
  private final Map<String, String> variables = new HashMap<>();

  private Map<String, String> of(byte[] payload, Properties properties) {
    Message message = new Message("a b/$(c)", payload, Qos.AT_LEAST_ONCE, true, properties);
    CommandEnvironment.write(new ReceivedMessage(message, 7, true), variables);
    return variables;
  }

  private static Properties.Builder properties() {
    return Properties.builder();
  }

  @Test
  void aMessageWithoutPropertiesIsThere() {
    assertThat(of("hi".getBytes(UTF_8), Properties.NONE))
        .containsOnly(
            Map.entry("MQTT_TOPIC", "a b/$(c)"),
            Map.entry("MQTT_QOS", "1"),
            Map.entry("MQTT_RETAIN", "1"),
            Map.entry("MQTT_DUP", "1"),
            Map.entry("MQTT_PACKET_ID", "7"),
            Map.entry("MQTT_PAYLOAD", "hi"),
            Map.entry("MQTT_PAYLOAD_LENGTH", "2"));
  }

  @Test
  void aMessageOfQos0HasNoPacketIdentifier() {
    ReceivedMessage received = new ReceivedMessage(Message.empty("a"), 0, false);
    CommandEnvironment.write(received, variables);

    assertThat(variables)
        .doesNotContainKey("MQTT_PACKET_ID")
        .containsEntry("MQTT_DUP", "0")
        .containsEntry("MQTT_RETAIN", "0");
  }

  @Test
  void propertiesAreThereByTheirNames() {
    Properties all =
        properties()
            .add(Property.CONTENT_TYPE, "text/plain")
            .add(Property.RESPONSE_TOPIC, "answers")
            .add(Property.CORRELATION_DATA, new byte[] {0, (byte) 0xAB})
            .add(Property.MESSAGE_EXPIRY_INTERVAL, 60)
            .add(Property.SUBSCRIPTION_IDENTIFIER, 3)
            .add(Property.SUBSCRIPTION_IDENTIFIER, 4)
            .build();

    assertThat(of(new byte[0], all))
        .containsEntry("MQTT_CONTENT_TYPE", "text/plain")
        .containsEntry("MQTT_RESPONSE_TOPIC", "answers")
        .containsEntry("MQTT_CORRELATION_DATA", "00ab")
        .containsEntry("MQTT_MESSAGE_EXPIRY_INTERVAL", "60")
        .containsEntry("MQTT_SUBSCRIPTION_IDENTIFIER", "3 4");
  }

  @Test
  void aUserPropertyCanBeNoOtherVariable() {
    Properties hostile =
        properties()
            .userProperty("trace-id", "1")
            .userProperty("LD_PRELOAD", "evil.so")
            .userProperty("x=y\nPATH", "evil")
            .userProperty("", "nameless")
            .build();

    assertThat(of(new byte[0], hostile))
        .containsEntry("MQTT_USER_PROPERTY_TRACE_ID", "1")
        .containsEntry("MQTT_USER_PROPERTY_LD_PRELOAD", "evil.so")
        .containsEntry("MQTT_USER_PROPERTY_X_Y_PATH", "evil")
        .containsEntry("MQTT_USER_PROPERTY_", "nameless")
        .doesNotContainKeys("LD_PRELOAD", "PATH");
  }

  @Test
  void theFirstOfUserPropertiesWithOneNameCounts() {
    Properties twice = properties().userProperty("a-b", "1").userProperty("A_b", "2").build();

    assertThat(of(new byte[0], twice)).containsEntry("MQTT_USER_PROPERTY_A_B", "1");
  }

  @Test
  void thereIsAnEndToUserProperties() {
    Properties.Builder many = properties();
    for (int i = 0; i < 200; i++) {
      many.userProperty("key" + i, "x".repeat(1000));
    }

    int length =
        of(new byte[0], many.build()).entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("MQTT_USER_PROPERTY_"))
            .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
            .sum();
    assertThat(length).isBetween(60_000, CommandEnvironment.MOST_USER_PROPERTIES);
  }

  @Test
  void aPayloadThatIsNoTextOrTooLongIsOnStandardInputAlone() {
    assertThat(of(new byte[] {(byte) 0xFF}, Properties.NONE)).doesNotContainKey("MQTT_PAYLOAD");
    assertThat(of(new byte[] {'a', 0, 'b'}, Properties.NONE)).doesNotContainKey("MQTT_PAYLOAD");
    byte[] large = "x".repeat(CommandEnvironment.MOST_PAYLOAD + 1).getBytes(UTF_8);
    assertThat(of(large, Properties.NONE))
        .doesNotContainKey("MQTT_PAYLOAD")
        .containsEntry("MQTT_PAYLOAD_LENGTH", "65537");
  }

  @Test
  void variablesOfAnOuterMessageAreTakenAwayAndNoOthers() {
    variables.put("MQTT_CONTENT_TYPE", "outer");
    variables.put("MQTT_PAYLOAD", "outer");
    variables.put("MQTT_USER_PROPERTY_A", "outer");
    variables.put("MQTT_HOST", "the user's");

    assertThat(of(new byte[] {0}, Properties.NONE))
        .doesNotContainKeys("MQTT_CONTENT_TYPE", "MQTT_PAYLOAD", "MQTT_USER_PROPERTY_A")
        .containsEntry("MQTT_HOST", "the user's");
  }
}
