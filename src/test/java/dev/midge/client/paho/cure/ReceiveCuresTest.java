package dev.midge.client.paho.cure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.testing.Specs;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds each cure of what Paho reads against Paho itself: what it makes of a packet of the broker,
 * and what of the cured one.
 */
class ReceiveCuresTest {

  private final Queue<Packet> after = new ArrayDeque<>();

  private static MqttWireMessage asPahoReads(Packet packet) throws MqttException {
    return MqttWireMessage.createWireMessage(
        PacketEncoder.encode(packet, ProtocolVersion.V5).array());
  }

  private Packet cured(ReceiveCure cure, Packet packet) throws ConnectionFailure {
    return Objects.requireNonNull(cure.cureReceived(packet, after), "shows nothing");
  }

  private static Connack connack(Property property, long value) {
    return new Connack(false, 0, Properties.of(property, value));
  }

  private static Publish publish(Properties properties) {
    return new Publish(
        new Message("t", "x".getBytes(UTF_8), Qos.AT_LEAST_ONCE, false, properties), true, 7);
  }

  @Test
  void aReceiveMaximumIsNoNegativeNumber() throws Exception {
    Connack connack = connack(Property.RECEIVE_MAXIMUM, 65535);

    assertThat(asPahoReads(connack).getProperties().getReceiveMaximum()).isEqualTo(-1);
    assertThat(
            asPahoReads(cured(new ReceiveMaximum(), connack)).getProperties().getReceiveMaximum())
        .isNull();
  }

  @Test
  void topicAliasesAreNotOffered() throws Exception {
    Connack connack = connack(Property.TOPIC_ALIAS_MAXIMUM, 10);

    assertThat(asPahoReads(connack).getProperties().getTopicAliasMaximum()).isEqualTo(10);
    assertThat(
            asPahoReads(cured(new UnaskedTopicAliases(), connack))
                .getProperties()
                .getTopicAliasMaximum())
        .isNull();
  }

  @Test
  void theMaximumPacketSizeOfTheBrokerIsNotTakenForOurs() throws Exception {
    Connack connack = connack(Property.MAXIMUM_PACKET_SIZE, 20);

    assertThat(asPahoReads(connack).getProperties().getMaximumPacketSize()).isEqualTo(20);
    assertThat(
            asPahoReads(cured(new MaximumPacketSize(), connack))
                .getProperties()
                .getMaximumPacketSize())
        .isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Property.class,
      names = {"MAXIMUM_QOS", "RETAIN_AVAILABLE"})
  void nothingIsLoweredSilently(Property property) throws Exception {
    Connack cured = (Connack) cured(new SilentlyLoweredQos(), connack(property, 0));

    assertThat(cured.properties().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Property.class,
      names = {
        "WILDCARD_SUBSCRIPTION_AVAILABLE",
        "SUBSCRIPTION_IDENTIFIER_AVAILABLE",
        "SHARED_SUBSCRIPTION_AVAILABLE"
      })
  void noFilterIsRefusedInTheBrokersPlace(Property property) throws Exception {
    Connack cured = (Connack) cured(new RefusedFilters(), connack(property, 0));

    assertThat(cured.properties().isEmpty()).isTrue();
  }

  @Test
  void aRefusalKeepsItsReasonString() {
    ConnectSpec spec = Specs.to(1).version(ProtocolVersion.V5).spec();
    Properties reason = Properties.builder().add(Property.REASON_STRING, "later").build();

    assertThatThrownBy(() -> cured(new CheckedConnack(spec), new Connack(false, 0x97, reason)))
        .isInstanceOfSatisfying(
            ConnectionFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(0x97);
              assertThat(failure.reasonString()).isEqualTo("later");
            });
  }

  @Test
  void longCorrelationDataIsNotShown() throws Exception {
    Publish publish =
        publish(
            Properties.builder()
                .add(Property.CORRELATION_DATA, new byte[32768])
                .userProperty("a", "b")
                .build());

    assertThatThrownBy(() -> asPahoReads(publish)).isInstanceOf(NegativeArraySizeException.class);
    MqttPublish read = (MqttPublish) asPahoReads(cured(new LongBinaryData(), publish));
    assertThat(read.getProperties().getUserProperties()).hasSize(1);
    assertThat(read.getMessage().getPayload()).isEqualTo("x".getBytes(UTF_8));
  }

  @Test
  void longAuthenticationDataIsNotShown() throws Exception {
    Connack connack =
        new Connack(
            false,
            0,
            Properties.builder()
                .add(Property.AUTHENTICATION_METHOD, "m")
                .add(Property.AUTHENTICATION_DATA, new byte[40_000])
                .build());

    assertThatThrownBy(() -> asPahoReads(connack)).isInstanceOf(NegativeArraySizeException.class);
    assertThat(
            asPahoReads(cured(new LongBinaryData(), connack))
                .getProperties()
                .getAuthenticationMethod())
        .isEqualTo("m");
  }

  @Test
  void dataThatPahoCanReadIsShown() throws Exception {
    Publish publish =
        publish(Properties.builder().add(Property.CORRELATION_DATA, new byte[32767]).build());

    assertThat(cured(new LongBinaryData(), publish)).isSameAs(publish);
  }

  @Test
  void anAliasIsReplacedByItsTopic() throws Exception {
    BrokerTopicAliases cure =
        new BrokerTopicAliases(Properties.of(Property.TOPIC_ALIAS_MAXIMUM, 3));
    Properties alias = Properties.of(Property.TOPIC_ALIAS, 3);
    cured(cure, new Publish(Message.empty("a/b").withProperties(alias), false, 0));

    Publish cured =
        (Publish) cured(cure, new Publish(Message.empty("").withProperties(alias), false, 0));

    assertThat(cured.message().topic()).isEqualTo("a/b");
    assertThat(((MqttPublish) asPahoReads(cured)).getProperties().getTopicAlias()).isNull();
  }

  @Test
  void detailsOfMessagesAreRestoredInTheirOrder() throws Exception {
    Properties inOrder =
        Properties.builder()
            .userProperty("b", "1")
            .add(Property.PAYLOAD_FORMAT_INDICATOR, 0)
            .add(Property.CONTENT_TYPE, "text")
            .build();
    MessageDetails cure = new MessageDetails();
    cured(cure, publish(inOrder));
    cured(cure, new Publish(Message.empty("u"), false, 0));

    Message ofPaho = publish(Properties.NONE).message();
    assertThat(cure.restored(ofPaho, 7)).isEqualTo(publish(inOrder));
    assertThat(cure.restored(Message.empty("u"), 0))
        .isEqualTo(new Publish(Message.empty("u"), false, 0));
  }

  @Test
  void pubrelIsShownWithoutItsReason() throws Exception {
    Packet cured = cured(new PubrelReason(), Ack.of(PacketType.PUBREL, 9, 0x92));

    assertThat(cured).isEqualTo(Ack.of(PacketType.PUBREL, 9));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x97, 0xA1, 0xA2})
  void codesOfSubackThatPahoDoesNotKnowAreShownAsAFailure(int code) throws Exception {
    Suback suback = new Suback(3, List.of(2, code), Properties.NONE);

    assertThatThrownBy(() -> asPahoReads(suback)).isInstanceOf(MqttException.class);
    assertThat(asPahoReads(cured(new UnknownReasonCodes(), suback)).getReasonCodes())
        .containsExactly(2, 0x80);
  }

  @Test
  void codesOfUnsubackThatPahoDoesNotKnowAreShownAsAFailure() throws Exception {
    Unsuback unsuback = new Unsuback(3, List.of(0x11, 0x97), Properties.NONE);

    assertThatThrownBy(() -> asPahoReads(unsuback)).isInstanceOf(MqttException.class);
    assertThat(asPahoReads(cured(new UnknownReasonCodes(), unsuback)).getReasonCodes())
        .containsExactly(0x11, 0x80);
  }

  @ParameterizedTest
  @EnumSource(
      value = PacketType.class,
      names = {"PUBACK", "PUBREC", "PUBCOMP"})
  void codesOfAcknowledgementsThatPahoDoesNotKnowAreNotShown(PacketType type) throws Exception {
    Ack ack = Ack.of(type, 3, 0x9E);

    assertThatThrownBy(() -> asPahoReads(ack)).isInstanceOf(MqttException.class);
    assertThat(asPahoReads(cured(new UnknownReasonCodes(), ack)).getMessageId()).isEqualTo(3);
  }

  @Test
  void aRefusalByPubrecIsShownAsADeliveryAndItsPubrelIsDropped() throws Exception {
    RefusedByPubrec cure = new RefusedByPubrec();

    assertThat(cured(cure, Ack.of(PacketType.PUBREC, 4, 0x87)))
        .isEqualTo(Ack.of(PacketType.PUBREC, 4));
    assertThat(after).containsExactly(Ack.of(PacketType.PUBCOMP, 4));
    assertThat(cure.cureSent(Ack.of(PacketType.PUBREL, 4), Original.NONE)).isNull();
    assertThat(cure.cureSent(Ack.of(PacketType.PUBREL, 4), Original.NONE)).isNotNull();
  }

  @Test
  void anAnswerThatPahoDoesNotWaitForIsNotShown() {
    SessionPacketIds cure = new SessionPacketIds();

    assertThat(cure.cureReceived(Ack.of(PacketType.PUBACK, 9), after)).isNull();
    assertThat(cure.cureReceived(new Suback(9, List.of(0), Properties.NONE), after)).isNull();
  }
}
