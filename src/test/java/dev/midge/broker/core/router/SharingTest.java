package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.PacketType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message that one member of a group cannot get goes to another. */
class SharingTest {
  private final Rig rig = new Rig();

  private TestClient member(ConnectOptions options, Qos qos) {
    TestClient member = rig.connect(options);
    member.subscribe("$share/g/a", qos);
    return member;
  }

  private void publish(int count, Qos qos) {
    TestClient publisher = rig.connect("p");
    for (int i = 1; i <= count; i++) {
      int packetId = publisher.publish("a", "m" + i, qos);
      if (qos == Qos.EXACTLY_ONCE) {
        publisher.ack(PacketType.PUBREL, packetId);
      }
    }
  }

  @Test
  void theMessagesOfOneWhoDiesGoToTheOthersInOrder() {
    TestClient dies =
        member(ConnectOptions.of("1").with(Property.RECEIVE_MAXIMUM, 2), Qos.AT_LEAST_ONCE);
    publish(6, Qos.AT_LEAST_ONCE);
    dies.ack(PacketType.PUBACK, 1);
    TestClient successor = member(ConnectOptions.of("2"), Qos.AT_LEAST_ONCE);
    dies.drop();
    assertThat(successor.received()).containsExactly("a m2", "a m3", "a m4", "a m5", "a m6");
  }

  @Test
  void thoseOfAKeptSessionWaitUntilItEnds() {
    TestClient dies = member(ConnectOptions.of("1").expiry(10), Qos.AT_LEAST_ONCE);
    publish(3, Qos.AT_LEAST_ONCE);
    TestClient successor = member(ConnectOptions.of("2"), Qos.AT_LEAST_ONCE);
    dies.drop();
    assertThat(successor.received()).isEmpty();
    rig.time.advanceSeconds(10);
    assertThat(successor.received()).containsExactly("a m1", "a m2", "a m3");
  }

  @Test
  void cleanStartEndsASessionToo() {
    TestClient dies = member(ConnectOptions.of("1").expiry(10), Qos.AT_LEAST_ONCE);
    publish(1, Qos.AT_LEAST_ONCE);
    TestClient successor = member(ConnectOptions.of("2"), Qos.AT_LEAST_ONCE);
    rig.connect("1");
    assertThat(dies.peer.isClosed()).isTrue();
    assertThat(successor.received()).containsExactly("a m1");
  }

  @Test
  void whatMayHaveArrivedInQos2GoesToNobodyElse() {
    TestClient dies =
        member(ConnectOptions.of("1").with(Property.RECEIVE_MAXIMUM, 2), Qos.EXACTLY_ONCE);
    publish(4, Qos.EXACTLY_ONCE);
    TestClient successor = member(ConnectOptions.of("2"), Qos.EXACTLY_ONCE);
    dies.drop();
    assertThat(successor.received()).containsExactly("a m3", "a m4");
  }

  @Test
  void whatIsLeftWithoutMembersIsDropped() {
    member(ConnectOptions.of("1"), Qos.AT_LEAST_ONCE).drop();
    TestClient last = member(ConnectOptions.of("2"), Qos.AT_LEAST_ONCE);
    publish(2, Qos.AT_LEAST_ONCE);
    last.drop();
    TestClient later = member(ConnectOptions.of("3"), Qos.AT_LEAST_ONCE);
    assertThat(later.received()).isEmpty();
  }

  @Test
  void aPlainSubscriptionLeavesNothingToOthers() {
    TestClient dies = rig.connect("1");
    dies.subscribe("a", Qos.AT_LEAST_ONCE);
    TestClient other = member(ConnectOptions.of("2"), Qos.AT_LEAST_ONCE);
    publish(1, Qos.AT_LEAST_ONCE);
    dies.drop();
    assertThat(other.received()).containsExactly("a m1");
  }

  @Test
  void aFullQueueSendsTheMessageOn() {
    Rig little = new Rig(Limits.builder().maxQueuedMessages(1).maxInflightMessages(1).build());
    List<TestClient> members = new ArrayList<>();
    for (String name : List.of("1", "2")) {
      members.add(little.connect(name));
      members.get(members.size() - 1).subscribe("$share/g/a", Qos.AT_LEAST_ONCE);
    }
    TestClient publisher = little.connect("p");
    for (int i = 1; i <= 4; i++) {
      publisher.publish("a", "m" + i, Qos.AT_LEAST_ONCE);
    }
    assertThat(little.events).isEmpty();
    members.get(0).ack(PacketType.PUBACK, 1);
    publisher.publish("a", "m5", Qos.AT_LEAST_ONCE);
    publisher.publish("a", "m6", Qos.AT_LEAST_ONCE);
    assertThat(little.events).hasSize(1);
  }

  /** However many members there are, no stack grows with them. */
  @Test
  void aMessageTooLargeForThousandsIsDropped() {
    for (int i = 0; i < 2000; i++) {
      member(ConnectOptions.of("m" + i).with(Property.MAXIMUM_PACKET_SIZE, 30), Qos.AT_LEAST_ONCE);
    }
    TestClient publisher = rig.connect("p");
    publisher.publish("a", "x".repeat(100), Qos.AT_LEAST_ONCE);
    TestClient large = member(ConnectOptions.of("large"), Qos.AT_LEAST_ONCE);
    publisher.publish("a", "y".repeat(100), Qos.AT_LEAST_ONCE);
    assertThat(large.publishes()).hasSize(1);
  }
}
