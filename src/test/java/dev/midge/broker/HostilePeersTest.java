package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.midge.broker.config.Limits;
import dev.midge.mqtt.Qos;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A client that sends malformed or hostile bytes loses its own connection at most; real sockets.
 */
class HostilePeersTest {
  private static final int LARGEST_PACKET = 268_435_460; // that MQTT can express
  private static final long SECOND = 1_000_000_000L;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final AtomicLong skipped = new AtomicLong(); // nanoseconds that did not really pass
  private final AtomicLong brokersThread = new AtomicLong();
  private Broker broker;
  private RawClient witness;

  @BeforeEach
  void start() throws IOException {
    BrokerConfig config =
        new BrokerConfig(List.of(0), this::note, false)
            .withLimits(Limits.builder().maxPacketSize(LARGEST_PACKET).build());
    broker = Broker.start(config, () -> null, () -> System.nanoTime() + skipped.get());
    witness = client("witness");
  }

  private void note(BrokerEvent event) {
    brokersThread.set(Thread.currentThread().getId());
    log.add(event.text());
  }

  @AfterEach
  void stop() throws IOException {
    witness.close();
    broker.close();
    assertThat(log).noneMatch(line -> line.contains("Exception") || line.startsWith("Error"));
  }

  private RawClient client(String name) throws IOException {
    return RawClient.connected(broker.port(), V5, name);
  }

  private long ended() {
    return log.stream().filter(line -> line.contains("] disconnected")).count();
  }

  /** The witness, and a newcomer, are served as ever. */
  private void expectService() throws IOException {
    try (RawClient newcomer = client("newcomer")) {
      newcomer.subscribe("a", Qos.AT_LEAST_ONCE);
      witness.publish("a", "still here", Qos.AT_MOST_ONCE);
      newcomer.expectMessage("still here");
    }
    witness.expectNothing();
  }

  private long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(brokersThread.get());
  }

  @Test
  void memoryFollowsTheBytesReceivedAndNotThoseAnnounced() throws IOException {
    List<RawClient> boasters = new ArrayList<>();
    long before = allocated();
    for (int i = 0; i < 60; i++) {
      boasters.add(client("boaster" + i));
      boasters.get(i).sendHex("30 ff ff ff 7f 0001 61 00 68656c6c6f"); // 256 MB to come
    }
    expectService();
    assertThat(allocated() - before).isLessThan(32L * 1024 * 1024);
    assertThat(log).noneMatch(line -> line.contains("Client boaster") && line.contains("] disc"));
    for (RawClient each : boasters) {
      each.close();
    }
  }

  @Test
  void aConnectThatNeverEndsIsNotWaitedFor() throws IOException {
    try (RawClient dribbler = RawClient.open(broker.port(), V5)) {
      dribbler.sendHex("10 90 bf 05 0004 4d515454 05 02 003c 00 ffff"); // 90,000 bytes to come
      for (int second = 1; second <= 30; second++) {
        dribbler.sendHex("61");
        witness.expectNothing();
        skipped.addAndGet(SECOND); // nobody waits thirty seconds in a test
      }
      witness.expectNothing();
      dribbler.expectEnd();
    }
    expectService();
    assertThat(log).anyMatch(line -> line.endsWith("] disconnected: exceeded timeout."));
  }

  @Test
  void whoSendsTooMuchBeforeItsConnectIsThroughIsSentAway() throws IOException {
    try (RawClient talker = RawClient.open(broker.port(), V5)) {
      talker.sendHex("10 80 80 80 01"); // two million bytes of CONNECT
      talker.expectEnd();
    }
    expectService();
  }

  @Test
  void thousandsOfHalfOpenConnectionsAreHeldAndThenSentAway() throws IOException {
    int count = 2_000;
    String[] beginnings = {"", "10", "10 0e 0004 4d51"};
    List<Socket> halves = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        Socket half = new Socket("127.0.0.1", broker.port());
        halves.add(half);
        half.getOutputStream().write(HexFormat.of().parseHex(beginnings[i % 3].replace(" ", "")));
      }
      expectService();
      await().until(() -> log.stream().filter(line -> line.startsWith("New conn")).count() > count);
      long before = ended();
      assertThat(before).as("none of them").isLessThanOrEqualTo(1);
      skipped.addAndGet(30 * SECOND);
      expectService();
      await().atMost(Duration.ofSeconds(30)).until(() -> ended() >= before + count);
      for (Socket half : halves) {
        half.setSoTimeout(30_000);
        assertThat(half.getInputStream().read()).isEqualTo(-1);
      }
    } finally {
      for (Socket half : halves) {
        half.close();
      }
    }
    expectService();
  }
}
