package dev.midge.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.broker.inspect.Disconnection.Kind;
import dev.midge.fault.Effect;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenEndsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration NOT_LONG = Duration.ofMillis(50);

  private final EmbeddedBroker broker = EmbeddedBroker.create();

  @AfterEach
  void close() {
    broker.close();
  }

  private RawClient client(String id) throws IOException {
    return RawClient.connected(broker.port(), ProtocolVersion.V5, id);
  }

  @Test
  void aConnectionThatWasTakenOverHasEndedThoughTheNextLives() throws IOException {
    broker.start();
    try (RawClient first = client("x");
        RawClient second = client("x")) {
      assertThat(broker.awaitDisconnected("x", Kind.TAKEN_OVER, SOON))
          .hasToString("x TAKEN_OVER (session taken over)");
      assertThatThrownBy(() -> broker.awaitDisconnected("x", NOT_LONG))
          .as("without a kind, the client is to be gone")
          .hasMessageStartingWith("expected client x to be disconnected within 50 ms")
          .hasMessageContaining("connected are [x]")
          .hasMessageContaining("x TAKEN_OVER");
      second.reset();
      assertThat(broker.awaitDisconnected("x", SOON).kind()).isEqualTo(Kind.RESET);
      assertThat(first).isNotNull();
    }
  }

  @Test
  void aKickedClientThatIsBackHasEndedOnce() throws IOException {
    broker.start();
    try (RawClient first = client("x")) {
      broker.kick("x", Effect.CLOSE);
      first.expectEnd();
    }
    try (RawClient back = client("x")) {
      assertThat(broker.awaitDisconnected("x", Kind.KICKED, SOON).kind()).isEqualTo(Kind.KICKED);
      assertThat(broker.connected()).containsExactly("x");
      assertThat(back).isNotNull();
      broker.forget();
      assertThatThrownBy(() -> broker.awaitDisconnected("x", Kind.KICKED, NOT_LONG))
          .hasMessageStartingWith(
              "expected a connection of client x to end as KICKED within 50 ms; connected are [x]");
    }
  }

  @Test
  void aRefusedLoginIsAnEnd() throws IOException {
    broker.user("dev-1", "secret").start();
    RawClient.refused(broker.port(), ProtocolVersion.V5, "dev-1");

    assertThat(broker.awaitDisconnected("dev-1", Kind.REFUSED, SOON))
        .hasToString("dev-1 REFUSED (not authorised)");
    assertThat(broker.awaitDisconnected("dev-1", SOON).kind()).isEqualTo(Kind.REFUSED);
    assertThat(broker.ends("dev-1")).hasSize(1);
    assertThat(broker.connected()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"refuse", "nack@connack", "nack:0x86@connect:1", "reason:0x97@connack"})
  void aLoginThatAFaultRefusesIsARefusedOne(String fault) throws IOException {
    broker.fault(fault).start();
    RawClient.refused(broker.port(), ProtocolVersion.V5, "dev-1");

    SeenEnd end = broker.awaitDisconnected("dev-1", SOON);
    assertThat(end.kind()).isEqualTo(Kind.REFUSED);
    assertThat(end.ending().words()).isEqualTo("fault " + fault.replaceFirst("@.*", ""));
  }

  @Test
  void whatClientsSayDoesNothingToTheTerminalOfAFailure() throws IOException {
    broker.start();
    try (RawClient client = client("odd\u202E")) {
      client.subscribe("f\u202E", Qos.AT_MOST_ONCE);
      client.publish("t\u202E", "p\u202E", Qos.AT_MOST_ONCE);
      broker.messages("#").awaitOne(SOON);
      assertThatThrownBy(() -> broker.messages("#").await(2, NOT_LONG))
          .hasMessageContaining("t\\u202e \"p\\u202e\" (q0, from odd\\u202e)")
          .message()
          .doesNotContain("\u202E");
      assertThatThrownBy(() -> broker.awaitSubscribed("odd\u202E", "x", NOT_LONG))
          .hasMessageContaining("client odd\\u202e to subscribe")
          .message()
          .contains("  f\\u202e")
          .doesNotContain("\u202E");
      client.reset();
      broker.awaitDisconnected("odd\u202E", SOON);
      assertThatThrownBy(() -> broker.awaitConnected("odd\u202E", NOT_LONG))
          .hasMessageContaining("odd\\u202e RESET")
          .message()
          .doesNotContain("\u202E");
      assertThat(broker.packets("odd\u202E").get(0)).hasToString("CONNECT from odd\\u202e");
    }
  }

  @Test
  void aRefusedLoginUnderTheNameOfAClientThatIsConnectedLeavesThatOne() throws IOException {
    broker.start();
    try (RawClient client = client("dev-1")) {
      broker.fault("nack:0x87@connect:1");
      RawClient.refused(broker.port(), ProtocolVersion.V5, "dev-1");

      assertThat(broker.awaitDisconnected("dev-1", Kind.REFUSED, SOON).ending().words())
          .startsWith("fault nack");
      assertThat(broker.connected()).containsExactly("dev-1");
      client.reset();
      assertThat(broker.awaitDisconnected("dev-1", SOON).kind()).isEqualTo(Kind.RESET);
    }
  }
}
