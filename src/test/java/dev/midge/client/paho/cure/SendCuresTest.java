package dev.midge.client.paho.cure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds each cure of what Paho sends against the packet that Paho makes. */
class SendCuresTest {

  private static final Properties IN_ORDER =
      Properties.builder()
          .userProperty("z", "1")
          .add(Property.PAYLOAD_FORMAT_INDICATOR, 0)
          .add(Property.CONTENT_TYPE, "text")
          .userProperty("a", "2")
          .build();

  private final Queue<Packet> after = new ArrayDeque<>();

  private static Original original(int packetId, Properties properties) {
    return new Original(packetId, properties, false, false);
  }

  private static Publish publish(int packetId, Qos qos) {
    return new Publish(Message.of("t", "x".getBytes(UTF_8), qos, false), false, packetId);
  }

  private static Connect connect(Will will) {
    return new Connect(
        ProtocolVersion.V5, true, 7, "i", will, "u", "p".getBytes(UTF_8), Properties.NONE);
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void connectSaysTheUsersVersion(ProtocolVersion version) {
    Connect cured = (Connect) new UserVersion(version).cureSent(connect(null), Original.NONE);

    assertThat(cured.version()).isEqualTo(version);
    assertThat(cured.clientId()).isEqualTo("i");
    assertThat(cured.keepAlive()).isEqualTo(7);
  }

  @Test
  void propertiesOfConnectAndItsWillAreThoseThatWereGiven() {
    Will given = new Will(Message.empty("w").withProperties(IN_ORDER));
    Properties ofConnect = Properties.of(Property.MAXIMUM_PACKET_SIZE, 50);

    Connect cured =
        (Connect)
            new GivenProperties(given)
                .cureSent(connect(new Will(Message.empty("w"))), original(0, ofConnect));

    assertThat(cured.properties()).isEqualTo(ofConnect);
    assertThat(cured.will()).isEqualTo(given);
  }

  @Test
  void propertiesOfOtherPacketsAreThoseThatWereGiven() {
    GivenProperties cure = new GivenProperties(null);
    Original original = original(1, IN_ORDER);
    List<Subscription> wishes = List.of(Subscription.of("a", Qos.AT_MOST_ONCE));

    assertThat(cure.cureSent(publish(1, Qos.AT_LEAST_ONCE), original))
        .isEqualTo(
            new Publish(
                publish(1, Qos.AT_LEAST_ONCE).message().withProperties(IN_ORDER), false, 1));
    assertThat(cure.cureSent(new Subscribe(1, wishes, Properties.NONE), original))
        .isEqualTo(new Subscribe(1, wishes, IN_ORDER));
    assertThat(cure.cureSent(new Unsubscribe(1, List.of("a"), Properties.NONE), original))
        .isEqualTo(new Unsubscribe(1, List.of("a"), IN_ORDER));
    assertThat(cure.cureSent(new Disconnect(4, Properties.NONE), original))
        .isEqualTo(new Disconnect(4, IN_ORDER));
  }

  @Test
  void aMessageKeepsItsIdentifierInTheSession() {
    SessionPacketIds cure = new SessionPacketIds();
    Packet sent = cure.cureSent(publish(1, Qos.EXACTLY_ONCE), original(40, Properties.NONE));

    assertThat(sent).isEqualTo(publish(40, Qos.EXACTLY_ONCE));
    assertThat(cure.cureReceived(Ack.of(PacketType.PUBREC, 40), after))
        .isEqualTo(Ack.of(PacketType.PUBREC, 1));
    assertThat(cure.cureSent(Ack.of(PacketType.PUBREL, 1), Original.NONE))
        .isEqualTo(Ack.of(PacketType.PUBREL, 40));
    assertThat(cure.cureReceived(Ack.of(PacketType.PUBCOMP, 40), after))
        .isEqualTo(Ack.of(PacketType.PUBCOMP, 1));
    assertThat(cure.knows(40)).isFalse();
  }

  @Test
  void aRequestKeepsItsIdentifierInTheSession() {
    SessionPacketIds cure = new SessionPacketIds();
    List<Subscription> wishes = List.of(Subscription.of("a", Qos.AT_MOST_ONCE));

    assertThat(
            cure.cureSent(new Subscribe(1, wishes, Properties.NONE), original(7, Properties.NONE)))
        .isEqualTo(new Subscribe(7, wishes, Properties.NONE));
    assertThat(
            cure.cureSent(
                new Unsubscribe(2, List.of("a"), Properties.NONE), original(8, Properties.NONE)))
        .isEqualTo(new Unsubscribe(8, List.of("a"), Properties.NONE));
    assertThat(cure.cureReceived(new Suback(7, List.of(0), Properties.NONE), after))
        .isEqualTo(new Suback(1, List.of(0), Properties.NONE));
    assertThat(cure.cureReceived(new Unsuback(8, List.of(0), Properties.NONE), after))
        .isEqualTo(new Unsuback(2, List.of(0), Properties.NONE));
  }

  @Test
  void aTopicThatTheBrokerKnowsIsLeftOut() {
    Original known = new Original(1, Properties.NONE, true, false);
    Publish cured = (Publish) new TopicByAlias().cureSent(publish(1, Qos.AT_LEAST_ONCE), known);

    assertThat(cured.message().topic()).isEmpty();
    assertThat(cured.message().payload()).isEqualTo("x".getBytes(UTF_8));
    assertThat(new TopicByAlias().cureSent(publish(1, Qos.AT_LEAST_ONCE), Original.NONE))
        .isEqualTo(publish(1, Qos.AT_LEAST_ONCE));
  }

  @Test
  void pubrecIsSentWhenPahoIsToldAndNotBefore() {
    ManualPubrec cure = new ManualPubrec();

    assertThat(cure.cureSent(Ack.of(PacketType.PUBREC, 5), Original.NONE)).isNull();
    cure.acknowledging(5);
    assertThat(cure.cureSent(Ack.of(PacketType.PUBCOMP, 5), Original.NONE))
        .isEqualTo(Ack.of(PacketType.PUBREC, 5));
    assertThat(cure.cureSent(Ack.of(PacketType.PUBCOMP, 5), Original.NONE))
        .isEqualTo(Ack.of(PacketType.PUBCOMP, 5));
  }

  @Test
  void aMessageThatComesTwiceIsAcknowledgedTwice() {
    ManualPubrec cure = new ManualPubrec();
    cure.acknowledging(5);
    cure.acknowledging(5);

    for (int time = 0; time < 2; time++) {
      assertThat(cure.cureSent(Ack.of(PacketType.PUBCOMP, 5), Original.NONE))
          .isEqualTo(Ack.of(PacketType.PUBREC, 5));
    }
    assertThat(cure.cureSent(Ack.of(PacketType.PUBCOMP, 5), Original.NONE))
        .isEqualTo(Ack.of(PacketType.PUBCOMP, 5));
  }
}
