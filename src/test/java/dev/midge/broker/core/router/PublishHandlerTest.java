package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import org.junit.jupiter.api.Test;

class PublishHandlerTest {
  private final Rig rig = new Rig();

  private static Message message(String topic, String payload, Qos qos) {
    return Message.of(topic, payload.getBytes(), qos, false);
  }

  private static Message aliased(String topic, int alias) {
    return new Message(
        topic, "x".getBytes(), Qos.AT_MOST_ONCE, false, Properties.of(Property.TOPIC_ALIAS, alias));
  }

  @Test
  void whoSubscribesToItsOwnMessageGetsItBeforeTheAcknowledgement() {
    TestClient client = rig.connect("c");
    client.subscribe("a", Qos.AT_MOST_ONCE);
    client.publish("a", "x", Qos.AT_LEAST_ONCE);
    assertThat(client.peer.all())
        .extracting(packet -> packet.type())
        .containsExactly(PacketType.PUBLISH, PacketType.PUBACK);
  }

  @Test
  void pubackSaysWhenNobodyIsInterestedAndPubrecDoesNot() {
    TestClient client = rig.connect("c");
    int id = client.publish("a", "x", Qos.AT_LEAST_ONCE);
    assertThat(client.peer.next())
        .isEqualTo(Ack.of(PacketType.PUBACK, id, ReasonCode.NO_MATCHING_SUBSCRIBERS));
    id = client.publish("a", "x", Qos.EXACTLY_ONCE);
    assertThat(client.peer.next()).isEqualTo(Ack.of(PacketType.PUBREC, id));
  }

  @Test
  void mqtt3HearsNothingOfReasons() {
    TestClient client = rig.connect(ConnectOptions.of("c").version(ProtocolVersion.V3_1_1));
    int id = client.publish("$SYS/x", "x", Qos.AT_LEAST_ONCE);
    assertThat(client.peer.next()).isEqualTo(Ack.of(PacketType.PUBACK, id));
  }

  @Test
  void aQos2MessageGoesOnWithPubrelAndOnlyOnce() {
    TestClient watcher = rig.watcher();
    TestClient client = rig.connect(ConnectOptions.of("c").expiry(100));
    client.publish("a", "x", Qos.EXACTLY_ONCE);
    assertThat(watcher.received()).isEmpty();
    client.drop();
    TestClient back = rig.connect(ConnectOptions.of("c").resume().expiry(100));
    back.send(new Publish(message("a", "x", Qos.EXACTLY_ONCE), true, 1));
    assertThat(back.peer.next()).isEqualTo(Ack.of(PacketType.PUBREC, 1));
    back.ack(PacketType.PUBREL, 1);
    back.ack(PacketType.PUBREL, 1);
    assertThat(watcher.received()).containsExactly("a x");
    assertThat(back.peer.all())
        .containsExactly(Ack.of(PacketType.PUBCOMP, 1), Ack.of(PacketType.PUBCOMP, 1));
  }

  @Test
  void theSameQos2MessageIsAnsweredHoweverOftenAndDeliveredOnce() {
    TestClient watcher = rig.watcher();
    TestClient client = rig.connect("c");
    for (int i = 0; i < 100; i++) {
      client.send(new Publish(message("a", "x", Qos.EXACTLY_ONCE), i > 0, 1));
      assertThat(client.peer.next()).isEqualTo(Ack.of(PacketType.PUBREC, 1));
    }
    client.ack(PacketType.PUBREL, 1);
    assertThat(watcher.received()).containsExactly("a x");
    assertThat(rig.events).isEmpty();
  }

  @Test
  void anotherMessageUnderALiveIdentifierTakesItsPlace() {
    TestClient watcher = rig.watcher();
    TestClient client = rig.connect("c");
    client.send(new Publish(message("a", "old", Qos.EXACTLY_ONCE), false, 1));
    client.send(new Publish(message("a", "new", Qos.EXACTLY_ONCE), false, 1));
    client.ack(PacketType.PUBREL, 1);
    assertThat(watcher.received()).containsExactly("a new");
    assertThat(rig.events).containsExactly("c reuses 1");
  }

  @Test
  void moreUnacknowledgedThanTheReceiveMaximumIsTooMuch() {
    TestClient client = rig.connect("c");
    for (int i = 1; i <= 20; i++) {
      client.publish("a", "x", Qos.EXACTLY_ONCE);
    }
    client.ack(PacketType.PUBREL, 1);
    client.publish("a", "x", Qos.EXACTLY_ONCE);
    assertThat(client.peer.isClosed()).isFalse();
    client.publish("a", "x", Qos.EXACTLY_ONCE);
    assertThat(client.disconnectReason()).isEqualTo(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED);
  }

  @Test
  void aMessageStartsWhileThePayloadBytesInFlightAreBelowTheLimit() {
    Rig narrow = new Rig(Limits.builder().maxInflightBytes(10).build());
    TestClient watcher = narrow.connect("w");
    watcher.subscribe("#", Qos.AT_MOST_ONCE);
    TestClient client = narrow.connect("c");
    client.publish("a", "123456", Qos.EXACTLY_ONCE);
    client.publish("b", "123456", Qos.EXACTLY_ONCE);
    client.publish("c", "1", Qos.EXACTLY_ONCE);
    client.publish("d", "1", Qos.EXACTLY_ONCE);
    assertThat(client.peer.all())
        .containsExactly(Ack.of(PacketType.PUBREC, 1), Ack.of(PacketType.PUBREC, 2));
    client.ack(PacketType.PUBREL, 1);
    assertThat(client.peer.all())
        .containsExactly(
            Ack.of(PacketType.PUBCOMP, 1),
            Ack.of(PacketType.PUBREC, 3),
            Ack.of(PacketType.PUBREC, 4));
    client.ack(PacketType.PUBREL, 2);
    client.ack(PacketType.PUBREL, 3);
    client.ack(PacketType.PUBREL, 4);
    assertThat(watcher.received()).containsExactly("a 123456", "b 123456", "c 1", "d 1");
  }

  @Test
  void aWithheldMessageThatIsSentAgainIsStillOne() {
    Rig narrow = new Rig(Limits.builder().maxInflightBytes(1).build());
    TestClient watcher = narrow.connect("w");
    watcher.subscribe("#", Qos.AT_MOST_ONCE);
    TestClient client = narrow.connect(ConnectOptions.of("c").expiry(100));
    client.publish("a", "x", Qos.EXACTLY_ONCE);
    client.publish("b", "y", Qos.EXACTLY_ONCE);
    client.drop();
    TestClient back = narrow.connect(ConnectOptions.of("c").resume().expiry(100));
    back.send(new Publish(message("b", "y", Qos.EXACTLY_ONCE), true, 2));
    assertThat(back.peer.all()).isEmpty();
    back.ack(PacketType.PUBREL, 1);
    assertThat(back.peer.all())
        .containsExactly(Ack.of(PacketType.PUBCOMP, 1), Ack.of(PacketType.PUBREC, 2));
    back.ack(PacketType.PUBREL, 2);
    assertThat(watcher.received()).containsExactly("a x", "b y");
  }

  @Test
  void anMqtt3ClientCannotParkMoreThan48Megabytes() {
    TestClient client = rig.connect(ConnectOptions.of("c").version(ProtocolVersion.V3_1_1));
    byte[] payload = new byte[1024 * 1024]; // the same array for all
    for (int i = 1; i <= 48; i++) {
      client.publish(Message.of("a", payload, Qos.EXACTLY_ONCE, false));
    }
    client.ack(PacketType.PUBREL, 1);
    client.publish(Message.of("a", payload, Qos.EXACTLY_ONCE, false));
    assertThat(client.peer.isClosed()).isFalse();
    client.publish(Message.of("a", payload, Qos.EXACTLY_ONCE, false));
    assertThat(client.peer.isClosed()).isTrue();
    assertThat(rig.events).containsExactly("c ended: quota exceeded");
  }

  @Test
  void anAliasStandsForItsTopicUntilItIsBoundAnew() {
    TestClient watcher = rig.watcher();
    TestClient client = rig.connect("c");
    client.publish(aliased("a", 10));
    client.publish(aliased("", 10));
    client.publish(aliased("b", 10));
    client.publish(aliased("", 10));
    assertThat(watcher.publishes())
        .allMatch(each -> each.message().properties().isEmpty())
        .extracting(each -> each.message().topic())
        .containsExactly("a", "a", "b", "b");
  }

  @Test
  void anAliasAboveTheMaximumIsInvalid() {
    TestClient client = rig.connect("c");
    client.publish(aliased("a", 11));
    assertThat(client.disconnectReason()).isEqualTo(ReasonCode.TOPIC_ALIAS_INVALID);
  }

  @Test
  void propertiesArePassedOnUnalteredAndInOrder() {
    Properties properties =
        Properties.builder()
            .userProperty("z", "1")
            .add(Property.CONTENT_TYPE, "t")
            .userProperty("a", "2")
            .add(Property.PAYLOAD_FORMAT_INDICATOR, 0)
            .build();
    TestClient watcher = rig.watcher();
    rig.connect("c").publish(new Message("a", new byte[0], Qos.AT_MOST_ONCE, false, properties));
    assertThat(watcher.publishes().get(0).message().properties()).isEqualTo(properties);
  }

  @Test
  void topicsOfTheBrokersOwnAreDenied() {
    TestClient watcher = rig.connect("w");
    watcher.subscribe("$SYS/#", Qos.AT_MOST_ONCE);
    watcher.subscribe("$other/#", Qos.AT_MOST_ONCE);
    TestClient client = rig.connect("c");
    int id = client.publish("$SYS/x", "x", Qos.AT_LEAST_ONCE);
    assertThat(client.peer.next())
        .isEqualTo(Ack.of(PacketType.PUBACK, id, ReasonCode.NOT_AUTHORIZED));
    client.publish("$SYS/broker/connection/me/state", "1", Qos.AT_MOST_ONCE);
    client.publish("$other/x", "2", Qos.AT_MOST_ONCE);
    assertThat(watcher.received())
        .containsExactly("$SYS/broker/connection/me/state 1", "$other/x 2");
  }

  @Test
  void theLimitsOfTheBrokerAreKept() {
    Rig strict =
        new Rig(
            Limits.builder()
                .maxQos(Qos.AT_LEAST_ONCE)
                .retainAvailable(false)
                .messageSizeLimit(3)
                .build());
    TestClient large = strict.connect("large");
    int id = large.publish("a", "1234", Qos.AT_LEAST_ONCE);
    assertThat(large.peer.next())
        .isEqualTo(Ack.of(PacketType.PUBACK, id, ReasonCode.PACKET_TOO_LARGE));
    TestClient qos2 = strict.connect("qos2");
    qos2.publish("a", "x", Qos.EXACTLY_ONCE);
    assertThat(qos2.disconnectReason()).isEqualTo(ReasonCode.QOS_NOT_SUPPORTED);
    TestClient retaining = strict.connect("retaining");
    retaining.retain("a", "x");
    assertThat(retaining.disconnectReason()).isEqualTo(ReasonCode.RETAIN_NOT_SUPPORTED);
    TestClient will =
        strict.connect(ConnectOptions.of("w").will(message("a", "x", Qos.EXACTLY_ONCE)));
    assertThat(will.connack)
        .extracting(Connack::reasonCode)
        .isEqualTo(ReasonCode.QOS_NOT_SUPPORTED);
  }
}
