package dev.midge.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerLifeTest {
  @Test
  void anInterruptedThreadRestartsAndClosesABrokerAllTheSame() throws IOException {
    EmbeddedBroker broker = EmbeddedBroker.create().persistent().tls();
    try {
      Thread.currentThread().interrupt();
      broker.start();
      assertThat(Thread.currentThread().isInterrupted()).as("after start").isTrue();
      broker.publish(Message.of("a", new byte[] {1}, Qos.AT_LEAST_ONCE, true));
      int port = broker.port();

      broker.restart();

      assertThat(Thread.currentThread().isInterrupted()).as("after restart").isTrue();
      assertThat(broker.port()).isEqualTo(port);
      assertThat(broker.retained("a")).isPresent();
      assertThat(broker.caFile()).exists();

      broker.close();

      assertThat(Thread.currentThread().isInterrupted()).as("after close").isTrue();
      EmbeddedBroker.create().port(port).start().close();
    } finally {
      boolean wasInterrupted = Thread.interrupted();
      broker.close();
      assertThat(wasInterrupted).isTrue();
    }
  }

  @Test
  void theLongestWaitIsPossible() throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.create().start();
        RawClient client = RawClient.connected(broker.port(), ProtocolVersion.V5, "dev-1")) {
      broker.awaitConnected("dev-1", Duration.ofSeconds(Long.MAX_VALUE));
      client.publish("a", "x", Qos.AT_MOST_ONCE);
      assertThat(broker.messages("a").awaitOne(Duration.ofSeconds(Long.MAX_VALUE)).text())
          .isEqualTo("x");
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> broker.awaitConnected("x", Duration.ofSeconds(Long.MAX_VALUE)))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("interrupted while waiting for client x to be connected");
      assertThat(Thread.interrupted()).isTrue();
      assertThatThrownBy(() -> broker.awaitConnected("x", Duration.ofSeconds(Long.MIN_VALUE)))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void timeGoesNoFurtherThanItsNumbers() {
    try (EmbeddedBroker broker = EmbeddedBroker.create().drivenTime().start()) {
      broker.advance(Duration.ofDays(100 * 365));
      for (Duration each :
          new Duration[] {
            Duration.ofDays(300 * 365),
            Duration.ofDays(100 * 365),
            Duration.ofSeconds(Long.MAX_VALUE)
          }) {
        assertThatThrownBy(() -> broker.advance(each))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("a broker's time is 146 years at most");
      }
      broker.advance(Duration.ofDays(40 * 365));
    }
  }
}
