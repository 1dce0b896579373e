package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import java.util.List;
import org.junit.jupiter.api.Test;

/** While memory is short, messages that would have to be kept are refused; all else goes on. */
class ShortMemoryTest {
  private final Rig rig = new Rig();
  private final TestClient client = rig.connect("c");

  private int answer(Message message) {
    client.publish(message);
    return ((Ack) client.peer.next()).reasonCode();
  }

  private static Message retained(String payload) {
    return Message.of("a", payload.getBytes(), Qos.AT_LEAST_ONCE, true);
  }

  @Test
  void newSessionsAreRefusedAndKeptOnesAreNot() {
    rig.connect(ConnectOptions.of("kept").expiry(100)).drop();
    rig.memoryIsShort = true;
    TestClient v5 = rig.connect("new");
    assertThat(v5.connack.reasonCode()).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    assertThat(v5.peer.isClosed()).isTrue();
    TestClient v3 = rig.connect(ConnectOptions.of("old").version(ProtocolVersion.V3_1_1));
    assertThat(v3.connack.reasonCode()).isEqualTo(3);
    TestClient kept = rig.connect(ConnectOptions.of("kept").resume().expiry(100));
    assertThat(kept.connack.sessionPresent()).isTrue();
  }

  @Test
  void retainedMessagesAreRefusedUnlessTheyTakeNoMore() {
    assertThat(answer(retained("123"))).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
    rig.memoryIsShort = true;
    assertThat(answer(retained("1234"))).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    assertThat(answer(retained("456"))).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
    assertThat(answer(retained(""))).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
    assertThat(answer(retained("1"))).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
  }

  @Test
  void whatOnlyQueuesWouldTakeIsRefused() {
    TestClient away = rig.connect(ConnectOptions.of("away").expiry(100));
    away.subscribe("a", Qos.AT_LEAST_ONCE);
    away.drop();
    Message message = Message.of("a", "x".getBytes(), Qos.AT_LEAST_ONCE, false);
    assertThat(answer(message)).isZero();
    rig.memoryIsShort = true;
    assertThat(answer(message)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    rig.memoryIsShort = false;
    TestClient there = rig.connect("there");
    there.subscribe("a", Qos.AT_LEAST_ONCE);
    rig.memoryIsShort = true;
    assertThat(answer(message)).isZero();
    assertThat(there.received()).hasSize(1);
  }

  @Test
  void newQos2MessagesAreRefusedAndOldOnesGoOn() {
    TestClient watcher = rig.watcher();
    int stored = client.publish("a", "x", Qos.EXACTLY_ONCE);
    client.peer.next();
    rig.memoryIsShort = true;
    int refused = client.publish("a", "y", Qos.EXACTLY_ONCE);
    assertThat(client.peer.next())
        .isEqualTo(Ack.of(PacketType.PUBREC, refused, ReasonCode.QUOTA_EXCEEDED));
    client.ack(PacketType.PUBREL, stored);
    assertThat(watcher.received()).containsExactly("a x");
  }

  @Test
  void newSubscriptionsAreRefusedOneByOne() {
    client.subscribe("a", Qos.AT_MOST_ONCE);
    rig.memoryIsShort = true;
    List<Subscription> both =
        List.of(Subscription.of("a", Qos.AT_LEAST_ONCE), Subscription.of("b", Qos.AT_LEAST_ONCE));
    client.send(new Subscribe(7, both, Properties.NONE));
    assertThat(((Suback) client.peer.next()).reasonCodes()).containsExactly(1, 0x97);
  }

  @Test
  void theLogCountsAndDoesNotRepeatItself() {
    rig.memoryIsShort = true;
    for (int i = 0; i < 1000; i++) {
      client.publish(Message.of("t/" + i, "x".getBytes(), Qos.AT_MOST_ONCE, true));
    }
    assertThat(rig.events).containsExactly("memory is short, refused: 1");
    rig.time.advanceSeconds(10);
    client.publish(Message.of("t", "x".getBytes(), Qos.AT_MOST_ONCE, true));
    client.publish(Message.of("t", "x".getBytes(), Qos.AT_MOST_ONCE, true));
    rig.router.stop(rig.time.now());
    assertThat(rig.events)
        .contains("memory is short, refused: 1001", "memory is short, refused: 1002");
  }
}
