package dev.midge.broker.persist;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker under load is killed at seeded points, again and again. Then it is counted: nothing that
 * was acknowledged is lost, and nothing of QoS 2 has come twice.
 */
class KilledBrokerTest {
  private static final int KILLS = Integer.getInteger("midge.kills", 5);
  private static final long SEED = Long.getLong("midge.seed", 17);

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final LoadPublisher once = new LoadPublisher("p1", "load/1", Qos.AT_LEAST_ONCE, false);
  private final LoadPublisher exactly = new LoadPublisher("p2", "load/2", Qos.EXACTLY_ONCE, false);
  private final LoadPublisher retaining =
      new LoadPublisher("p3", "load/retained", Qos.AT_LEAST_ONCE, true);
  private final LoadSubscriber all = new LoadSubscriber("s1", "load/#", Qos.AT_LEAST_ONCE);
  private final LoadSubscriber two = new LoadSubscriber("s2", "load/2", Qos.EXACTLY_ONCE);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void whatWasAcknowledgedIsThereAfterEachKillAndQos2IsNotDoubled() throws Exception {
    Random random = new Random(SEED);
    Path file = directory.resolve("state.db");
    int retainedBefore = 0;
    for (int i = 0; i <= KILLS; i++) {
      // Every other broker is killed while it replaces its files.
      try (KeptProcess broker =
          i % 2 == 0 ? KeptProcess.start(file) : KeptProcess.startWithSnapshotsEach(1 + i, file)) {
        if (i == 0) {
          all.subscribe(broker.port());
          two.subscribe(broker.port());
        } else {
          assertThat(retained(broker.port())).isBetween(retainedBefore, retaining.sent());
        }
        if (i < KILLS) {
          live(broker, i, 20 + random.nextInt(600));
          retainedBefore = number(retaining.acknowledged);
          assertThat(files())
              .as("whole files only")
              .isSubsetOf("state.db", "state.db.log", "state.db.new");
        } else {
          settle(broker);
        }
      }
    }
    assertThat(all.received)
        .containsAll(once.acknowledged)
        .containsAll(exactly.acknowledged)
        .containsAll(retaining.acknowledged);
    assertThat(two.received).containsAll(exactly.acknowledged).doesNotHaveDuplicates();
    for (int i = 0; i < KILLS; i++) {
      assertThat(all.received).contains("will " + i).doesNotContain("discarded " + i);
    }
    assertThat(once.acknowledged).hasSizeGreaterThan(KILLS);
    assertThat(exactly.acknowledged).hasSizeGreaterThan(KILLS);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(each -> each.getFileName().toString()).toList();
    }
  }

  private static int number(List<String> payloads) {
    return payloads.isEmpty() ? 0 : number(payloads.get(payloads.size() - 1));
  }

  private static int number(String payload) {
    return Integer.parseInt(payload.substring(payload.indexOf(' ') + 1));
  }

  private static int retained(int port) throws IOException {
    try (RawClient client = RawClient.connected(port, V5, "r")) {
      client.subscribe("load/retained", Qos.AT_MOST_ONCE);
      return number(new String(client.expect(Publish.class).message().payload()));
    }
  }

  private static Will will(String payload) {
    return new Will(Message.of("load/will", payload.getBytes(), Qos.AT_LEAST_ONCE, false));
  }

  /** Load until so many messages are acknowledged, and then the end. */
  private void live(KeptProcess broker, int round, int until) throws Exception {
    int port = broker.port();
    try (RawClient polite =
            RawClient.connected(
                port,
                RawClient.connect(V5, "d", true, will("discarded " + round), Properties.NONE));
        RawClient victim =
            RawClient.connected(
                port, RawClient.connect(V5, "v", true, will("will " + round), Properties.NONE))) {
      polite.send(new Disconnect(0, Properties.NONE));
      polite.expectEnd();
      victim.expectNothing();
      AtomicInteger count = new AtomicInteger();
      List<Future<?>> load = new ArrayList<>();
      for (LoadPublisher each : List.of(once, exactly, retaining)) {
        load.add(threads.submit(broken(() -> each.run(port, count, Integer.MAX_VALUE))));
      }
      load.add(threads.submit(broken(() -> all.run(port, "never"))));
      load.add(threads.submit(broken(() -> two.run(port, "never"))));
      while (count.get() < until && load.stream().noneMatch(Future::isDone)) {
        Thread.onSpinWait();
      }
      broker.kill();
      for (Future<?> each : load) {
        each.get(30, TimeUnit.SECONDS);
      }
      assertThat(count.get()).as(broker.program().errText()).isGreaterThanOrEqualTo(until);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /** Work whose connection breaks. */
  private static Callable<Void> broken(Work work) {
    return () -> {
      try {
        work.run();
      } catch (IOException e) {
        return null;
      } catch (AssertionError e) {
        if (!String.valueOf(e.getMessage()).contains("has closed the connection")) {
          throw e;
        }
      }
      return null;
    };
  }

  /** Everything is brought to its end. */
  private void settle(KeptProcess broker) throws Exception {
    int port = broker.port();
    for (LoadPublisher each : List.of(once, exactly, retaining)) {
      each.finish(port);
    }
    try (RawClient last = RawClient.connected(port, V5, "last")) {
      last.publish("load/2", "the end", Qos.AT_LEAST_ONCE);
      last.expect(Ack.class);
    }
    all.run(port, "the end");
    two.run(port, "the end");
  }
}
