package dev.midge.broker.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.core.Rig.Party;
import dev.midge.broker.core.Rig.Wish;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For whom a publisher waits, and how long: nobody is delayed by those who take nothing. */
class PublisherThrottleTest {
  private final Rig rig = new Rig();
  private long heldUp; // milliseconds

  private static final Runnable NOTHING = () -> {};

  private Party subscriber(String clientId) {
    Party party = rig.connect(clientId);
    party.subscribe("a", Qos.AT_LEAST_ONCE);
    return party;
  }

  /** Publishes as fast as the broker reads; every millisecond of waiting, others do something. */
  private void publish(Party publisher, int count, Runnable everyMillisecond) {
    for (int i = 0; i < count; i++) {
      publisher.publish("a", "x", Qos.AT_LEAST_ONCE);
      publisher.peer.all();
      while (publisher.client.isHeldUp(rig.time.now())) {
        heldUp++;
        rig.time.advance(Duration.ofMillis(1));
        everyMillisecond.run();
      }
    }
  }

  private static int take(Party subscriber, int most) {
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
    Party steady = subscriber("steady");
    Party publisher = rig.connect("p");
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
    assertThat(rig.journal).isEmpty();
  }

  @Test
  void aHundredWhoTakeNothingDelayNobodyForLong() {
    for (int i = 0; i < 100; i++) {
      subscriber("silent" + i);
    }
    publish(rig.connect("p"), 5_000, NOTHING);
    assertThat(heldUp).isBetween(1L, 102L);
  }

  @Test
  void whoComesAgainAndAgainAndTakesNothingCostsAHundredth() {
    Party publisher = rig.connect("p");
    for (int i = 0; i < 100; i++) {
      Party silent = subscriber("silent");
      publish(publisher, 700, NOTHING);
      rig.time.advance(Duration.ofMillis(100));
      silent.vanish();
    }
    assertThat(heldUp).isBetween(100L, 100 + 110L); // in ten seconds and a little
  }

  @Test
  void whoTakesALittleCostsALittle() {
    Party trickling = subscriber("trickling");
    Party publisher = rig.connect("p");
    publish(publisher, 1_500, NOTHING); // has spent what it had to spare
    heldUp = 0;
    for (int i = 0; i < 1000; i++) { // ten seconds: a message taken every ten milliseconds
      rig.time.advance(Duration.ofMillis(10));
      trickling.publishes().stream()
          .limit(1)
          .forEach(each -> trickling.ack(PacketType.PUBACK, each.packetId()));
      publish(publisher, 2, NOTHING);
    }
    // 0.2 ms for each of 1000 messages, and a hundredth of the time.
    assertThat(heldUp).isBetween(50L, 200 + 110L);
  }

  @Test
  void theOneMostWorthWaitingForIsWaitedFor() {
    Party silent = subscriber("silent");
    Party good = subscriber("good");
    Party another = subscriber("silent too");
    Party publisher = rig.connect("p");
    publish(publisher, 5_000, () -> take(good, 20));
    while (take(good, 20) > 0) {
      // takes the rest
    }
    assertThat(rig.journal).containsExactlyInAnyOrder("silent drops", "silent too drops");
    assertThat(silent.peer.isClosed() || another.peer.isClosed()).isFalse();
  }

  @Test
  void nobodyWaitsForItself() {
    Party self = rig.connect("self");
    self.subscribe("a", Qos.AT_LEAST_ONCE);
    for (int i = 0; i < 1000; i++) {
      self.publish("a", "x", Qos.AT_LEAST_ONCE);
      assertThat(self.client.isHeldUp(rig.time.now())).isFalse();
    }
  }

  @Test
  void whoIsAwayIsNotWaitedFor() {
    Party away = rig.connect(Wish.of("away").expiry(100));
    away.subscribe("a", Qos.AT_LEAST_ONCE);
    away.vanish();
    publish(rig.connect("p"), 2_000, NOTHING);
    assertThat(heldUp).isZero();
  }

  @Test
  void whoLeavesIsNotWaitedForAnyMore() {
    Party leaving = subscriber("leaving");
    Party publisher = rig.connect("p");
    for (int i = 0; i < 520; i++) {
      publisher.publish("a", "x", Qos.AT_LEAST_ONCE);
    }
    assertThat(publisher.client.isHeldUp(rig.time.now())).isTrue();
    leaving.vanish();
    assertThat(publisher.client.isHeldUp(rig.time.now())).isFalse();
  }
}
