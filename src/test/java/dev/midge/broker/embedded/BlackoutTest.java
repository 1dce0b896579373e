package dev.midge.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Ping;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BlackoutTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void connectionsOfBeforeAndNewOnesAreServedBehindIt() throws IOException {
    Duration time = Duration.ofMillis(400);
    try (EmbeddedBroker broker = EmbeddedBroker.create().start();
        RawClient before = RawClient.connected(broker.port(), ProtocolVersion.V5, "before");
        RawClient unknown = RawClient.open(broker.port(), ProtocolVersion.V5)) {
      long start = System.nanoTime();
      broker.blackout(time);
      before.send(Ping.REQUEST);
      unknown.send(RawClient.connect(ProtocolVersion.V5, "unknown"));
      try (RawClient during = RawClient.open(broker.port(), ProtocolVersion.V5)) {
        during.send(RawClient.connect(ProtocolVersion.V5, "during"));

        assertThat(during.expect(Connack.class).reasonCode()).isZero();
        assertThat(System.nanoTime() - start)
            .as("nanoseconds, of which a slow machine takes more")
            .isGreaterThan(time.toNanos() / 2);
        unknown.expect(Connack.class);
        before.expect(Ping.class);
        broker.awaitConnected("during", SOON);
      }
      try (RawClient after = RawClient.connected(broker.port(), ProtocolVersion.V5, "after")) {
        after.send(Ping.REQUEST);
        after.expect(Ping.class);
      }
    }
  }
}
