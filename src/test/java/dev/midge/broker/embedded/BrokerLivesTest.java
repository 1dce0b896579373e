package dev.midge.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Connect;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrokerLivesTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration NOT_LONG = Duration.ofMillis(50);
  private static final Properties KEPT = Properties.of(Property.SESSION_EXPIRY_INTERVAL, 3600);

  private final EmbeddedBroker broker = EmbeddedBroker.create();

  @AfterEach
  void close() {
    broker.close();
  }

  /** Has a client with a session of an hour subscribe to a filter, and leave. */
  private void subscribe(String id, String filter) throws IOException {
    Connect connect = new Connect(ProtocolVersion.V5, false, 0, id, null, null, null, KEPT);
    try (RawClient client = RawClient.connected(broker.port(), connect)) {
      client.subscribe(filter, Qos.AT_MOST_ONCE);
      broker.awaitSubscribed(id, filter, SOON);
    }
    broker.awaitDisconnected(id, SOON);
  }

  @Test
  void aSubscriptionIsOverWithTheRestart() throws IOException {
    broker.start();
    subscribe("dev-1", "cmd/#");
    broker.awaitSubscribed("dev-1", "cmd/#", NOT_LONG);

    broker.restart();

    assertThatThrownBy(() -> broker.awaitSubscribed("dev-1", "cmd/#", NOT_LONG))
        .hasMessageStartingWith("expected client dev-1 to subscribe to 'cmd/#' within 50 ms");
    assertThat(broker.ends("dev-1")).as("what has been seen stays").hasSize(1);
    subscribe("dev-1", "cmd/#");
  }

  @Test
  void aSubscriptionThatIsKeptOverTheRestartIsNot() throws IOException {
    broker.persistent().start();
    subscribe("dev-1", "cmd/#");

    broker.restart();

    broker.awaitSubscribed("dev-1", "cmd/#", NOT_LONG);
    assertThatThrownBy(() -> broker.awaitSubscribed("dev-1", "other", NOT_LONG))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void oneThatStartsAgainAfterCloseHasSeenNothing() throws IOException {
    broker.start();
    subscribe("dev-1", "cmd/#");
    broker.publish("a", "1");
    broker.close();
    assertThat(broker.messages("a").texts()).as("until it starts").containsExactly("1");

    broker.start();

    assertThat(broker.messages("#").all()).isEmpty();
    assertThat(broker.packets("dev-1")).isEmpty();
    assertThat(broker.ends("dev-1")).isEmpty();
    assertThat(broker.log()).noneMatch(line -> line.contains("dev-1"));
  }

  @Test
  void oneThatStartsAgainAfterCloseIsAsItWasSetUp() throws IOException {
    broker.fault("nack@connack client=x").drivenTime().start();
    int port = broker.port();
    broker.clearFaults().refuseConnections().advance(Duration.ofDays(365 * 140));
    broker.close();
    assertThat(broker.port()).as("until it starts").isEqualTo(port);

    try (EmbeddedBroker other = EmbeddedBroker.create().port(port).start()) {
      broker.start();

      assertThat(broker.port()).isNotEqualTo(other.port()).isPositive();
      subscribe("dev-1", "a");
      assertThatThrownBy(() -> subscribe("x", "a")).isInstanceOf(AssertionError.class);
      broker.advance(Duration.ofDays(365 * 140));
    }
  }

  @Test
  void aWaitThatFailsSaysThatTheBrokerDoesNotRun() {
    String expected = "expected client x to be connected within 50 ms, but the broker is not";
    assertThatThrownBy(() -> broker.awaitConnected("x", NOT_LONG)).hasMessageStartingWith(expected);
    broker.start();
    assertThatThrownBy(() -> broker.awaitConnected("x", NOT_LONG))
        .hasMessageStartingWith("expected client x to be connected within 50 ms; connected are []");
    broker.close();
    assertThatThrownBy(() -> broker.awaitConnected("x", NOT_LONG)).hasMessageStartingWith(expected);
  }

  @Test
  void aRestartStartsOneThatDoesNotRun() {
    assertThat(broker.restart().port()).isPositive();
    broker.close();
    assertThat(broker.restart().uri().getPort()).isPositive();
  }

  @Test
  void oneWithoutTlsHasNoCertificates() {
    String message = "the broker speaks no TLS: tls() sets it up";
    assertThatThrownBy(broker::sslContext).hasMessage(message);
    assertThatThrownBy(() -> broker.sslContext("dev-1")).hasMessage(message);
    assertThatThrownBy(broker::caFile).hasMessage(message);
    assertThat(broker.tls().sslContext()).isNotNull();
  }

  @Test
  void aStartThatFailsLeavesNoFiles() {
    try (EmbeddedBroker other = EmbeddedBroker.create().start()) {
      Path file = broker.port(other.port()).tls().access("topic read #").caFile();

      assertThatThrownBy(broker::start)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("the broker cannot start: ");

      assertThat(file.getParent()).doesNotExist();
    }
    broker.start();
    assertThat(broker.caFile()).exists();
  }

  @Test
  void thereIsNoFileOfABrokerThatIsClosed() {
    broker.tls().start();
    Path file = broker.caFile();
    broker.close();

    assertThatThrownBy(broker::caFile)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the broker is closed, and its files are deleted");
    assertThat(file.getParent()).doesNotExist();

    broker.start();
    assertThat(broker.caFile()).exists();
  }
}
