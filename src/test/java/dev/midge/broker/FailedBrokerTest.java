package dev.midge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker whose thread fails does not stay as one that answers nobody. */
class FailedBrokerTest {
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final AtomicReference<Error> error = new AtomicReference<>();

  private long clock() {
    if (error.get() != null) {
      throw error.get();
    }
    return System.nanoTime();
  }

  @ParameterizedTest
  @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class, AssertionError.class})
  void whateverFailsIsToldOnceAndAllConnectionsEnd(Class<? extends Error> kind) throws Exception {
    BrokerConfig config = new BrokerConfig(List.of(0), event -> log.add(event.text()), false);
    try (Broker broker = Broker.start(config, () -> null, this::clock);
        RawClient client = RawClient.connected(broker.port(), ProtocolVersion.V5, "c")) {
      assertThat(broker.failure()).isNotDone();
      Error planned = kind.getConstructor().newInstance();
      error.set(planned);
      client.sendHex("c000");
      assertThat(broker.failure().get(30, TimeUnit.SECONDS)).isSameAs(planned);
      assertEnds(client);
    }
    assertThat(log).filteredOn(line -> line.startsWith("Error: the broker ends: ")).hasSize(1);
    assertThat(log).noneMatch(line -> line.contains("terminating"));
  }

  private static void assertEnds(RawClient client) {
    try {
      client.expectEnd();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }
}
