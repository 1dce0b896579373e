package dev.midge.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.broker.inspect.Disconnection.Kind;
import dev.midge.fault.Effect;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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

  @Test
  void aRefusedLoginUnderTheNameOfAClientThatIsConnectedLeavesThatOne() throws IOException {
    broker.start();
    try (RawClient client = client("dev-1")) {
      broker.fault("nack:0x87@connect:1");
      RawClient.refused(broker.port(), ProtocolVersion.V5, "dev-1");

      assertThat(broker.awaitDisconnected("dev-1", Kind.KICKED, SOON).ending().words())
          .startsWith("fault nack");
      assertThat(broker.connected()).containsExactly("dev-1");
      client.reset();
      assertThat(broker.awaitDisconnected("dev-1", SOON).kind()).isEqualTo(Kind.RESET);
    }
  }
}
