package dev.midge.client.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.client.Delivery;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.Heard;
import dev.midge.testing.Playing;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.Specs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The quick way of one message behaves as the long one does; what both share is in JobsTest. */
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class SingleMessageTest {
  private static final byte[] PAYLOAD = {1, 2, 3};

  private final Heard heard = new Heard();
  private ScriptedBroker broker;

  @BeforeEach
  void listen() throws Exception {
    broker = new ScriptedBroker();
  }

  @AfterEach
  void close() throws Exception {
    broker.close();
  }

  private Specs v5() {
    return Specs.to(broker.port()).version(ProtocolVersion.V5);
  }

  private Playing<Delivery> sending(Specs specs, Qos qos) {
    Message message = Message.of("t", PAYLOAD, qos, false);
    return Playing.of(() -> new SingleMessage(specs.spec(), heard).send(message, Properties.NONE));
  }

  @Test
  void itIsDeliveredWhenQos2IsComplete() throws Exception {
    Playing<Delivery> sending = sending(v5(), Qos.EXACTLY_ONCE);
    broker.welcome();
    Publish publish = (Publish) broker.read(PacketType.PUBLISH);
    assertThat(publish.message().payload()).isEqualTo(PAYLOAD);
    broker.send(Ack.of(PacketType.PUBREC, publish.packetId()));
    broker.read(PacketType.PUBREL);
    broker.send(Ack.of(PacketType.PUBCOMP, publish.packetId()));
    broker.read(PacketType.DISCONNECT);

    assertThat(broker.read()).isNull();
    assertThat(sending.result().reasonCode()).isZero();
  }

  @Test
  void acknowledgementsOfOthersAreNotItsOwn() throws Exception {
    Playing<Delivery> sending = sending(v5(), Qos.AT_LEAST_ONCE);
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.send(Ack.of(PacketType.PUBACK, 77));
    broker.send(Ack.of(PacketType.PUBACK, 1, 0x10));
    broker.read(PacketType.DISCONNECT);

    assertThat(sending.result().reasonCode()).isEqualTo(0x10);
  }

  @Test
  void theKeepAliveIsWatchedWhileItWaits() throws Exception {
    Playing<Delivery> sending = sending(v5(), Qos.AT_LEAST_ONCE);
    broker.welcome(Properties.of(Property.SERVER_KEEP_ALIVE, 1));
    broker.read(PacketType.PUBLISH);
    for (int i = 0; i < 2; i++) {
      broker.read(PacketType.PINGREQ);
      broker.send(Ping.RESPONSE);
    }
    broker.send(Ack.of(PacketType.PUBACK, 1));

    assertThat(sending.result().reasonCode()).isZero();
  }

  @Test
  void aBrokerThatDoesNotAnswerPingsIsGivenUp() throws Exception {
    Playing<Delivery> sending = sending(v5().keepAlive(1), Qos.AT_LEAST_ONCE);
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.read(PacketType.PINGREQ);

    assertThat(sending.failure().kind()).isEqualTo(Kind.KEEPALIVE);
  }

  @Test
  void whatAResumedSessionBringsIsAcknowledged() throws Exception {
    Playing<Delivery> sending = sending(v5(), Qos.AT_LEAST_ONCE);
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.send(new Publish(Message.of("b", PAYLOAD, Qos.AT_LEAST_ONCE, false), false, 5));
    assertThat(((Ack) broker.read(PacketType.PUBACK)).packetId()).isEqualTo(5);
    broker.send(new Publish(Message.of("b", PAYLOAD, Qos.EXACTLY_ONCE, false), false, 6));
    assertThat(((Ack) broker.read(PacketType.PUBREC)).packetId()).isEqualTo(6);
    broker.send(Ack.of(PacketType.PUBREL, 6));
    assertThat(((Ack) broker.read(PacketType.PUBCOMP)).packetId()).isEqualTo(6);
    broker.send(Ack.of(PacketType.PUBACK, 1));

    assertThat(sending.result().reasonCode()).isZero();
  }

  @Test
  void aMessageThatTheBrokerDoesNotTakeIsNotSentAndDisconnectIs() throws Exception {
    Playing<Delivery> sending = sending(v5(), Qos.EXACTLY_ONCE);
    broker.welcome(Properties.of(Property.MAXIMUM_QOS, 1));
    broker.read(PacketType.DISCONNECT);

    assertThat(sending.failure().kind()).isEqualTo(Kind.QOS_NOT_SUPPORTED);
  }

  @Test
  void aSecondConnackBreaksTheProtocolAndIsAnsweredSo() throws Exception {
    Playing<Delivery> sending = sending(v5(), Qos.AT_LEAST_ONCE);
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.send(new Connack(false, 0, Properties.NONE));
    Disconnect disconnect = (Disconnect) broker.read(PacketType.DISCONNECT);

    assertThat(disconnect.reasonCode()).isEqualTo(0x82);
    assertThat(sending.failure().kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void theBrokersDisconnectEndsIt() throws Exception {
    Playing<Delivery> sending = sending(v5(), Qos.AT_LEAST_ONCE);
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.send(new Disconnect(0x8B, Properties.NONE));

    assertThat(sending.failure().kind()).isEqualTo(Kind.DISCONNECTED);
    assertThat(sending.failure().code()).isEqualTo(0x8B);
  }

  @Test
  void whatIsNoPacketIsMalformed() throws Exception {
    Playing<Delivery> sending = sending(v5(), Qos.AT_LEAST_ONCE);
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    broker.sendHex("4f 02 0001");
    assertThat(((Disconnect) broker.read(PacketType.DISCONNECT)).reasonCode()).isEqualTo(0x81);

    assertThat(sending.failure().kind()).isEqualTo(Kind.MALFORMED);
  }

  @Test
  void aTopicAliasThatWasNotAllowedIsAProtocolError() throws Exception {
    Playing<Delivery> sending = sending(v5(), Qos.AT_LEAST_ONCE);
    broker.welcome();
    broker.read(PacketType.PUBLISH);
    Properties alias = Properties.of(Property.TOPIC_ALIAS, 1);
    broker.send(new Publish(Message.empty("a").withProperties(alias), false, 0));

    assertThat(((Disconnect) broker.read(PacketType.DISCONNECT)).reasonCode()).isEqualTo(0x94);
    assertThat(sending.failure().kind()).isEqualTo(Kind.PROTOCOL);
  }
}
