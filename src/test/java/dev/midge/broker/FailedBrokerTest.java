package dev.midge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
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

  @Test
  void whoHasAskedHearsOfTheFailureThatHisQuestionMeets() throws Exception {
    AssertionError planned = new AssertionError("planned");
    BrokerWatcher watcher =
        new BrokerWatcher() {
          @Override
          public void published(String publisher, Message message, boolean isWill) {
            throw planned;
          }
        };
    BrokerConfig config = new BrokerConfig(List.of(0), event -> {}, false).withWatcher(watcher);
    try (Broker broker = Broker.start(config)) {
      Message message = Message.of("a", new byte[0], Qos.AT_MOST_ONCE, false);
      assertThat(broker.inspector().publish(message))
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableOfType(ExecutionException.class)
          .withCause(planned);
      assertThat(broker.failure().get(30, TimeUnit.SECONDS)).isSameAs(planned);
    }
  }

  private static void assertEnds(RawClient client) {
    try {
      client.expectEnd();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }
}
