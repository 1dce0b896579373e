package dev.midge.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.testing.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Many test classes in one JVM, each with its broker. */
class ManyBrokersTest {
  private static final int MANY = 200;
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void twoHundredRunAtOnceAndLeaveNoThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    List<EmbeddedBroker> brokers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      brokers.add(EmbeddedBroker.create());
    }
    ExecutorService tests = Executors.newFixedThreadPool(16);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (EmbeddedBroker each : brokers) {
        running.add(tests.submit(() -> use(each)));
      }
      for (Future<?> each : running) {
        each.get();
      }
      assertThat(brokers).extracting(EmbeddedBroker::port).doesNotHaveDuplicates();
    } finally {
      brokers.forEach(EmbeddedBroker::close);
      tests.shutdown();
    }
    Awaitility.await().untilAsserted(() -> assertThat(newThreads(before)).isEmpty());
  }

  private static Object use(EmbeddedBroker broker) throws Exception {
    broker.start();
    try (RawClient client = RawClient.connected(broker.port(), ProtocolVersion.V5, "dev-1")) {
      client.publish("a", "port " + broker.port(), Qos.AT_LEAST_ONCE);
      assertThat(broker.messages("#").await(1, SOON))
          .extracting(SeenMessage::text)
          .containsExactly("port " + broker.port());
    }
    return broker.awaitDisconnected("dev-1", SOON);
  }

  private static Set<String> newThreads(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.startsWith("broker"))
        .collect(Collectors.toSet());
  }
}
