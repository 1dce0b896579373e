package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** For whom a publisher waits, and how long: nobody is delayed by those who take nothing. */
class PublisherThrottleTest {
  private Rig rig = new Rig();
  private long throttled; // milliseconds

  private static final Runnable NOTHING = () -> {};

  private TestClient subscriber(String clientId) {
    TestClient client = rig.connect(clientId);
    client.subscribe("a", Qos.AT_LEAST_ONCE);
    return client;
  }

  /** Publishes as fast as the broker reads; every millisecond of waiting, others do something. */
  private void publish(TestClient publisher, int count, Runnable everyMillisecond) {
    for (int i = 0; i < count; i++) {
      publisher.publish("a", "x", Qos.AT_LEAST_ONCE);
      publisher.peer.all();
      while (publisher.client.isThrottled(rig.time.now())) {
        throttled++;
        rig.time.advance(Duration.ofMillis(1));
        everyMillisecond.run();
      }
    }
  }

  private final Map<TestClient, Deque<Publish>> arrived = new HashMap<>();

  /** Acknowledges the oldest message that has arrived. */
  private void takeOne(TestClient subscriber) {
    Deque<Publish> waiting = arrived.computeIfAbsent(subscriber, who -> new ArrayDeque<>());
    waiting.addAll(subscriber.publishes());
    Publish first = waiting.pollFirst();
    if (first != null) {
      subscriber.ack(PacketType.PUBACK, first.packetId());
    }
  }

  /** Returns what runs each millisecond, and does something every so many of them. */
  private static Runnable every(int milliseconds, Runnable what) {
    int[] passed = {0};
    return () -> {
      if (++passed[0] % milliseconds == 0) {
        what.run();
      }
    };
  }

  private static int take(TestClient subscriber, int most) {
    int taken = 0;
    List<Publish> got = subscriber.publishes();
    for (Publish each : got) {
      if (taken == most) {
        throw new AssertionError("more came than the subscriber is to take at once");
      }
      subscriber.ack(PacketType.PUBACK, each.packetId());
      taken++;
    }
    return taken;
  }

  @Test
  void whoTakesFiveThousandASecondLosesNothing() {
    TestClient steady = subscriber("steady");
    TestClient publisher = rig.connect("p");
    int[] taken = {0};
    Runnable five =
        () -> {
          for (Publish each : steady.publishes().stream().limit(20).toList()) {
            steady.ack(PacketType.PUBACK, each.packetId());
            taken[0]++;
          }
        };
    publish(publisher, 20_000, five);
    while (taken[0] < 20_000) {
      int before = taken[0];
      five.run();
      assertThat(taken[0]).isGreaterThan(before);
    }
    assertThat(rig.events).isEmpty();
  }

  @Test
  void whoTakesAThousandAtOnceAndThenNothingForAWhileLosesNothing() {
    TestClient inPortions = subscriber("portions");
    TestClient publisher = rig.connect("p");
    int[] milliseconds = {0};
    Runnable portion =
        () -> {
          if (++milliseconds[0] % 103 == 50) {
            int taken = 0;
            for (int got = 1; got > 0 && taken < 1_020; taken += got) {
              got = take(inPortions, 20);
            }
          }
        };
    publish(publisher, 10_000, portion);
    assertThat(rig.events).isEmpty();
  }

  @Test
  void whoTakesFiveHundredASecondLosesNothing() {
    TestClient steady = subscriber("steady");
    TestClient publisher = rig.connect("p");
    publish(publisher, 5_000, every(2, () -> takeOne(steady)));
    assertThat(rig.events).isEmpty();
    assertThat(throttled).isGreaterThan(8_000); // so it was the subscriber that set the pace
  }

  @Test
  void whereNothingLimitsTheQueueMemoryIsNotFilledBecauseAPublisherIsFaster() {
    rig = new Rig(Limits.builder().maxQueuedMessages(0).build());
    TestClient steady = subscriber("steady");
    TestClient publisher = rig.connect("p");
    publish(publisher, 10_000, () -> takeOne(steady));
    assertThat(throttled).isZero();
    publish(publisher, 5_000, () -> takeOne(steady));
    assertThat(throttled).isGreaterThan(4_000); // a thousand a second are taken
    assertThat(rig.events).isEmpty();
  }

  @Test
  void whoTakesAThousandASecondInBurstsLosesNothing() {
    TestClient inBursts = subscriber("bursts");
    TestClient publisher = rig.connect("p");
    Runnable burst =
        () -> {
          for (int i = 0; i < 40; i++) {
            takeOne(inBursts);
          }
        };
    publish(publisher, 5_000, every(40, burst));
    assertThat(rig.events).isEmpty();
  }

  @Test
  void whoOftenComesToAHaltIsWaitedForAgain() {
    TestClient halting = subscriber("halting");
    TestClient publisher = rig.connect("p");
    for (int i = 0; i < 10; i++) {
      publish(publisher, 5_000, () -> takeOne(halting));
      publisher.publish("a", "x", Qos.AT_LEAST_ONCE);
      assertThat(publisher.client.isThrottled(rig.time.now())).isTrue();
      rig.time.advance(Duration.ofSeconds(2)); // the machine does something else
      assertThat(publisher.client.isThrottled(rig.time.now())).isFalse();
      for (int taken = 0; taken < 500; taken++) {
        takeOne(halting);
      }
    }
    assertThat(rig.events).isEmpty();
  }

  @Test
  void aHundredWhoTakeNothingDelayNobodyForLong() {
    for (int i = 0; i < 100; i++) {
      subscriber("silent" + i);
    }
    publish(rig.connect("p"), 5_000, NOTHING);
    assertThat(throttled).isBetween(1L, 102L);
  }

  @Test
  void whoComesAgainAndAgainAndTakesNothingCostsAHundredth() {
    TestClient publisher = rig.connect("p");
    for (int i = 0; i < 100; i++) {
      TestClient silent = subscriber("silent");
      publish(publisher, 700, NOTHING);
      rig.time.advance(Duration.ofMillis(100));
      silent.drop();
    }
    assertThat(throttled).isBetween(100L, 100 + 110L); // in ten seconds and a little
  }

  @Test
  void whoTakesALittleCostsALittle() {
    TestClient trickling = subscriber("trickling");
    TestClient publisher = rig.connect("p");
    publish(publisher, 1_500, NOTHING); // has spent what it had to spare
    throttled = 0;
    for (int i = 0; i < 1000; i++) { // ten seconds: a message taken every ten milliseconds
      rig.time.advance(Duration.ofMillis(10));
      trickling.publishes().stream()
          .limit(1)
          .forEach(each -> trickling.ack(PacketType.PUBACK, each.packetId()));
      publish(publisher, 2, NOTHING);
    }
    // 0.2 ms for each of 1000 messages, and a hundredth of the time.
    assertThat(throttled).isBetween(50L, 200 + 110L);
  }

  @Test
  void theOneMostWorthWaitingForIsWaitedFor() {
    TestClient silent = subscriber("silent");
    TestClient good = subscriber("good");
    TestClient another = subscriber("silent too");
    TestClient publisher = rig.connect("p");
    publish(publisher, 5_000, () -> take(good, 20));
    while (take(good, 20) > 0) {
      // takes the rest
    }
    assertThat(rig.events).containsExactlyInAnyOrder("silent drops", "silent too drops");
    assertThat(silent.peer.isClosed() || another.peer.isClosed()).isFalse();
  }

  @Test
  void nobodyWaitsForItself() {
    TestClient self = rig.connect("self");
    self.subscribe("a", Qos.AT_LEAST_ONCE);
    for (int i = 0; i < 1000; i++) {
      self.publish("a", "x", Qos.AT_LEAST_ONCE);
      assertThat(self.client.isThrottled(rig.time.now())).isFalse();
    }
  }

  @Test
  void whoIsAwayIsNotWaitedFor() {
    TestClient away = rig.connect(ConnectOptions.of("away").expiry(100));
    away.subscribe("a", Qos.AT_LEAST_ONCE);
    away.drop();
    publish(rig.connect("p"), 2_000, NOTHING);
    assertThat(throttled).isZero();
  }

  @Test
  void whoLeavesIsNotWaitedForAnyMore() {
    TestClient leaving = subscriber("leaving");
    TestClient publisher = rig.connect("p");
    for (int i = 0; i < 520; i++) {
      publisher.publish("a", "x", Qos.AT_LEAST_ONCE);
    }
    assertThat(publisher.client.isThrottled(rig.time.now())).isTrue();
    leaving.drop();
    assertThat(publisher.client.isThrottled(rig.time.now())).isFalse();
  }
}
