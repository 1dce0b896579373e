package dev.midge.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.broker.inspect.Disconnection;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptedRefusalsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final EmbeddedBroker broker = EmbeddedBroker.create();

  @AfterEach
  void close() {
    broker.close();
  }

  private static Message secret(Qos qos) {
    return Message.of("secret/1", new byte[] {'x'}, qos, true);
  }

  private void expectNoSecret() {
    assertThat(broker.messages("#").all()).isEmpty();
    assertThat(broker.retained("secret/1")).isEmpty();
    assertThat(broker.log())
        .contains("onPublish(\"secret/#\") refuses a message of dev-1 with 0x87");
  }

  @ParameterizedTest
  @EnumSource(Qos.class)
  void aRefusedMessageOfMqtt5IsNeitherDeliveredNorRetained(Qos qos) throws IOException {
    broker.start();
    broker.onPublish("secret/#").refuse(0x87);
    try (RawClient client = RawClient.connected(broker.port(), ProtocolVersion.V5, "dev-1")) {
      client.subscribe("#", Qos.AT_MOST_ONCE);

      client.publish(secret(qos));

      if (qos != Qos.AT_MOST_ONCE) {
        assertThat(client.expect(Ack.class).reasonCode()).isEqualTo(0x87);
      }
      client.expectNothing();
      expectNoSecret();
      assertThat(broker.packets("dev-1"))
          .filteredOn(each -> each.packet().type() == PacketType.PUBLISH)
          .hasToString("[PUBLISH from dev-1]");
    }
  }

  @ParameterizedTest
  @EnumSource(Qos.class)
  void aRefusedMessageOfMqtt3EndsTheConnection(Qos qos) throws IOException {
    broker.start();
    broker.onPublish("secret/#").refuse(0x87);
    try (RawClient client = RawClient.connected(broker.port(), ProtocolVersion.V3_1_1, "dev-1");
        RawClient other = RawClient.connected(broker.port(), ProtocolVersion.V3_1_1, "dev-2")) {
      other.subscribe("#", Qos.AT_MOST_ONCE);

      client.publish(secret(qos));

      client.expectEnd();
      assertThat(broker.awaitDisconnected("dev-1", SOON).kind())
          .isEqualTo(Disconnection.Kind.REFUSED);
      other.expectNothing();
      expectNoSecret();
    }
  }

  @Test
  void scriptsAreNoFaultsAndAreRemovedByThemselves() throws IOException {
    broker.start();
    broker.onPublish("secret/#").refuse(0x87);
    broker.onPublish("#").publish("seen", "yes");
    broker.onSubscribe("secret/#").refuse(0x87);
    broker.clearFaults().restart();
    try (RawClient client = RawClient.connected(broker.port(), ProtocolVersion.V5, "dev-1")) {
      client.publish(secret(Qos.AT_LEAST_ONCE));
      assertThat(client.expect(Ack.class).reasonCode()).isEqualTo(0x87);

      broker.clearScripts();

      client.publish(secret(Qos.AT_LEAST_ONCE));
      assertThat(client.expect(Ack.class).reasonCode()).isLessThan(0x80);
      client.subscribe("secret/#", Qos.AT_MOST_ONCE);
      client.expectMessage("x");
      assertThat(broker.messages("#").all()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "secret/#, true",
    "secret/a, true",
    "secret/+/b, true",
    "secret, true",
    "$share/g/secret/a, true",
    "#, false",
    "secrets/a, false",
    "+/a, false",
    "$share/secret/a, false"
  })
  void aFilterWithinThatOfTheScriptIsRefused(String asked, boolean refused) throws IOException {
    broker.start();
    broker.onSubscribe("secret/#").refuse(0x87);
    try (RawClient client = RawClient.connected(broker.port(), ProtocolVersion.V5, "dev-1")) {
      client.send(
          new Subscribe(1, List.of(Subscription.of(asked, Qos.AT_MOST_ONCE)), Properties.NONE));

      assertThat(client.expect(Suback.class).reasonCodes()).containsExactly(refused ? 0x87 : 0);
    }
  }

  @Test
  void aSharedFilterMayBeNamedAsItIs() throws IOException {
    broker.start();
    broker.onSubscribe("$share/g/a").refuse(0x87);
    try (RawClient client = RawClient.connected(broker.port(), ProtocolVersion.V5, "dev-1")) {
      client.send(
          new Subscribe(
              1,
              List.of(
                  Subscription.of("$share/g/a", Qos.AT_MOST_ONCE),
                  Subscription.of("a", Qos.AT_MOST_ONCE)),
              Properties.NONE));

      assertThat(client.expect(Suback.class).reasonCodes()).containsExactly(0x87, 0);
    }
  }

  @Test
  void noScriptIsMadeOfWhatCannotMatch() {
    assertThatThrownBy(() -> broker.onPublish("a/#/b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no topic filter: 'a/#/b'");
    assertThatThrownBy(() -> broker.onSubscribe("a/#/b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no topic filter: 'a/#/b'");
    assertThatThrownBy(() -> broker.onPublish(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("filter");
    assertThatThrownBy(() -> broker.onSubscribe(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("filter");
    PublishScript script = broker.onPublish("a");
    assertThatThrownBy(() -> script.publish("a/#", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no message can be published to 'a/#'");
    assertThatThrownBy(() -> script.publish("$SYS/a", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> script.reply((String) null)).hasMessage("payload");
    assertThatThrownBy(() -> script.publish(null, "x")).hasMessage("topic");
    assertThatThrownBy(() -> script.refuse(0x7F)).isInstanceOf(IllegalArgumentException.class);
  }
}
