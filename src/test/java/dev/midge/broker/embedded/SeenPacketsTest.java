package dev.midge.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.broker.inspect.Disconnection.Kind;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeenPacketsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final EmbeddedBroker broker = EmbeddedBroker.create();

  @AfterEach
  void close() {
    broker.close();
  }

  private RawClient client(String id) throws IOException {
    return RawClient.connected(broker.port(), ProtocolVersion.V5, id);
  }

  @ParameterizedTest
  @EnumSource
  void ofARefusedLogin(ProtocolVersion version) throws IOException {
    broker.user("dev-1", "secret").start();
    RawClient.refused(broker.port(), version, "dev-1");

    assertThat(broker.packets("dev-1"))
        .hasToString("[CONNECT from dev-1, CONNACK to dev-1]")
        .first()
        .extracting(SeenPacket::packet)
        .isInstanceOf(Connect.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nack:0x87@connect:1", "refuse@connack", "nack:0x88@connack:1"})
  void ofALoginThatAFaultRefuses(String fault) throws IOException {
    broker.fault(fault).start();
    RawClient.refused(broker.port(), ProtocolVersion.V5, "dev-1");

    assertThat(broker.packets("dev-1")).hasToString("[CONNECT from dev-1, CONNACK to dev-1]");
  }

  @Test
  void aLoginWithoutAnAnswerHasConnectAlone() throws IOException {
    broker.start();
    Properties tiny = Properties.of(Property.MAXIMUM_PACKET_SIZE, 2);
    try (RawClient client = RawClient.open(broker.port(), ProtocolVersion.V5)) {
      client.send(new Connect(ProtocolVersion.V5, true, 0, "dev-1", null, null, null, tiny));
      client.expectEnd();
    }
    assertThat(broker.awaitDisconnected("dev-1", Kind.REFUSED, SOON)).isNotNull();
    assertThat(broker.packets("dev-1")).hasToString("[CONNECT from dev-1]");
  }

  @Test
  void anAcceptedLoginIsThereOnce() throws IOException {
    broker.user("dev-1", "secret").anonymousToo().start();
    try (RawClient client = client("dev-1")) {
      assertThat(client).isNotNull();
      assertThat(broker.packets("dev-1")).hasToString("[CONNECT from dev-1, CONNACK to dev-1]");
    }
  }

  /** Returns the messages of the packets that have come from a client, as text. */
  private Object published(String id) {
    return broker.packets(id).stream()
        .filter(each -> each.fromClient() && each.packet() instanceof Publish)
        .map(each -> ((Publish) each.packet()).message())
        .map(each -> each.topic() + " " + new String(each.payload(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void aMessageThatAScriptRefuses() throws IOException {
    broker.start().onPublish("secret/#").refuse(0x87);
    try (RawClient client = client("dev-1")) {
      client.publish("secret/1", "x", Qos.AT_LEAST_ONCE);
      assertThat(client.expect(Ack.class).reasonCode()).isEqualTo(0x87);

      assertThat(published("dev-1")).hasToString("[secret/1 x]");
      assertThat(broker.log()).anyMatch(line -> line.startsWith("Received PUBLISH from dev-1"));
      assertThat(broker.messages("#").all()).isEmpty();
    }
  }

  @Test
  void aMessageThatAccessRulesDeny() throws IOException {
    broker.access("topic read #").start();
    try (RawClient client = client("dev-1")) {
      client.publish("a", "x", Qos.AT_LEAST_ONCE);
      assertThat(client.expect(Ack.class).reasonCode()).isEqualTo(0x87);

      assertThat(published("dev-1")).hasToString("[a x]");
      assertThat(broker.messages("#").all()).isEmpty();
    }
  }

  @Test
  void aMessageThatIsTooLarge() throws IOException {
    broker.limits(Limits.builder().messageSizeLimit(3).build()).start();
    try (RawClient client = client("dev-1")) {
      client.publish("a", "long", Qos.AT_LEAST_ONCE);
      assertThat(client.expect(Ack.class).reasonCode()).isEqualTo(0x95);

      assertThat(published("dev-1")).hasToString("[a long]");
    }
  }

  @Test
  void aMessageThatBreaksTheProtocol() throws IOException {
    broker.limits(Limits.builder().maxQos(Qos.AT_MOST_ONCE).retainAvailable(false).build()).start();
    try (RawClient client = client("qos")) {
      client.publish("a", "x", Qos.AT_LEAST_ONCE);
      broker.awaitDisconnected("qos", Kind.REFUSED, SOON);
      assertThat(published("qos")).hasToString("[a x]");
    }
    try (RawClient client = client("retain")) {
      client.publish(Message.of("a", new byte[] {'y'}, Qos.AT_MOST_ONCE, true));
      broker.awaitDisconnected("retain", Kind.REFUSED, SOON);
      assertThat(published("retain")).hasToString("[a y]");
    }
    try (RawClient client = client("alias")) {
      Properties alias = Properties.of(Property.TOPIC_ALIAS, 1);
      client.publish(new Message("", new byte[] {'z'}, Qos.AT_MOST_ONCE, false, alias));
      broker.awaitDisconnected("alias", Kind.REFUSED, SOON);
      assertThat(published("alias")).hasToString("[ z]");
    }
  }

  @Test
  void aRefusedMessageHasItsTopicInPlaceOfAnAlias() throws IOException {
    broker.start().onPublish("secret/#").refuse(0x87);
    try (RawClient client = client("dev-1")) {
      Properties alias = Properties.of(Property.TOPIC_ALIAS, 1);
      for (String topic : new String[] {"secret/1", ""}) {
        client.publish(new Message(topic, new byte[] {'z'}, Qos.AT_LEAST_ONCE, false, alias));
        assertThat(client.expect(Ack.class).reasonCode()).isEqualTo(0x87);
      }
      assertThat(published("dev-1")).hasToString("[secret/1 z, secret/1 z]");
    }
  }
}
