package dev.midge.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.broker.inspect.Disconnection;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Connack;
import dev.midge.testing.DistrustfulClient;
import dev.midge.testing.RawClient;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CutTlsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void packetsThatAreDelayedComeBeforeTheEndOfAClientWithoutCloseNotify() throws Exception {
    try (EmbeddedBroker broker =
        EmbeddedBroker.create().tls().fault("delay:100ms@connected").start()) {
      Socket plain = new Socket("localhost", broker.port());
      Socket tls =
          broker
              .sslContext()
              .getSocketFactory()
              .createSocket(plain, "localhost", broker.port(), false);
      RawClient client = RawClient.over(tls, ProtocolVersion.V5);
      client.send(RawClient.connect(ProtocolVersion.V5, "c"));
      client.expect(Connack.class);
      client.publish("a", "x", Qos.AT_MOST_ONCE);
      plain.close();
      assertThat(broker.awaitDisconnected("c", SOON).kind()).isEqualTo(Disconnection.Kind.RESET);
      assertThat(broker.messages("a").texts()).containsExactly("x");
    }
  }

  @Test
  void aClientThatDoesNotTrustTheBrokerIsTold() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.create().tls().start()) {
      DistrustfulClient.connect(broker.port());

      await().until(() -> broker.log().stream().anyMatch(line -> line.contains("disconnected")));
      assertThat(broker.log())
          .anyMatch(line -> line.endsWith("TLS: Received fatal alert: unknown_ca."));
    }
  }
}
