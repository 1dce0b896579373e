package dev.midge.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Auth;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketEncoderTest {
  private static final ProtocolVersion V5 = ProtocolVersion.V5;
  private static final ProtocolVersion V3 = ProtocolVersion.V3_1_1;

  @Test
  void acknowledgementsAreAsShortAsTheyCanBe() {
    assertThat(hex(Ack.of(PacketType.PUBACK, 1), V5)).isEqualTo("40020001");
    assertThat(hex(Ack.of(PacketType.PUBREC, 1, 0x87), V5)).isEqualTo("5003000187");
    assertThat(hex(Ack.of(PacketType.PUBREL, 1), V5)).isEqualTo("62020001");
    Properties properties = Properties.builder().userProperty("k", "v").build();
    assertThat(hex(new Ack(PacketType.PUBCOMP, 1, 0, properties), V5))
        .isEqualTo("700b0001000726" + "00016b" + "000176");
    assertThat(hex(new Ack(PacketType.PUBACK, 1, 0x87, properties), V3)).isEqualTo("40020001");
  }

  @Test
  void aDisconnectIsAsShortAsItCanBe() {
    assertThat(hex(Disconnect.NORMAL, V5)).isEqualTo("e000");
    assertThat(hex(new Disconnect(0x8E, Properties.NONE), V5)).isEqualTo("e0018e");
    assertThat(hex(new Disconnect(0, Properties.of(Property.SESSION_EXPIRY_INTERVAL, 1)), V5))
        .isEqualTo("e007000511" + "00000001");
    assertThat(hex(new Disconnect(4, Properties.of(Property.SESSION_EXPIRY_INTERVAL, 1)), V3))
        .isEqualTo("e000");
  }

  @Test
  void propertiesStandInTheOrderGiven() {
    Properties properties =
        Properties.builder()
            .add(Property.TOPIC_ALIAS_MAXIMUM, 10)
            .add(Property.MAXIMUM_PACKET_SIZE, 2_000_000)
            .add(Property.RECEIVE_MAXIMUM, 20)
            .build();
    assertThat(hex(new Connack(false, 0, properties), V5))
        .isEqualTo("200e00000b22000a27001e8480210014");
    assertThat(hex(new Connack(true, 0, properties), V3)).isEqualTo("20020100");
  }

  @Test
  void refusalsHaveTheShapeOfTheVersion() {
    assertThat(hex(new Connack(false, 0x87, Properties.NONE), V5)).isEqualTo("2003008700");
    assertThat(hex(new Connack(false, 5, Properties.NONE), V3)).isEqualTo("20020005");
  }

  @Test
  void mqtt3HasNoPropertiesOptionsOrUnsubackCodes() {
    Subscription subscription = new Subscription("a", Qos.AT_LEAST_ONCE, true, true, 2);
    Properties identifier = Properties.of(Property.SUBSCRIPTION_IDENTIFIER, 200);
    Subscribe subscribe = new Subscribe(1, List.of(subscription), identifier);
    assertThat(hex(subscribe, V5)).isEqualTo("820a0001" + "030bc801" + "0001612d");
    assertThat(hex(subscribe, V3)).isEqualTo("82060001" + "00016101");
    assertThat(hex(new Unsuback(1, List.of(0x11), Properties.NONE), V5)).isEqualTo("b00400010011");
    assertThat(hex(new Unsuback(1, List.of(0x11), Properties.NONE), V3)).isEqualTo("b0020001");
    assertThat(hex(new Suback(1, List.of(1, 0x80), Properties.NONE), V3)).isEqualTo("900400010180");
  }

  @Test
  void largestNumbersFit() {
    Properties properties =
        Properties.builder()
            .add(Property.SESSION_EXPIRY_INTERVAL, 4_294_967_295L)
            .add(Property.RECEIVE_MAXIMUM, 65_535)
            .build();
    assertThat(hex(new Connack(false, 0, properties), V5)).isEqualTo("200b00000811ffffffff21ffff");
  }

  @Test
  void whatNoPacketCanHoldIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PacketEncoder.encode(new Auth(0, Properties.NONE), V3));
    String tooLong = "€".repeat(21_846);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PacketEncoder.size(publish(tooLong, new byte[0]), V5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PacketEncoder.size(publish("a", new byte[268_435_452]), V5));
  }

  @Test
  void theLargestPublishHasASize() {
    assertThat(PacketEncoder.size(publish("a", new byte[268_435_451]), V5)).isEqualTo(268_435_460);
  }

  @Test
  void textThatIsNotValidDoesNotSpoilThePacket() {
    assertThat(hex(publish("a\uD800b", new byte[0]), V3)).isEqualTo("30050003613f62");
    assertThat(hex(publish("\uDC00\uD800", new byte[0]), V3)).isEqualTo("300400023f3f");
  }

  private static Publish publish(String topic, byte[] payload) {
    return new Publish(Message.of(topic, payload, Qos.AT_MOST_ONCE, false), false, 0);
  }

  private static String hex(Packet packet, ProtocolVersion version) {
    ByteBuffer bytes = PacketEncoder.encode(packet, version);
    assertThat(bytes.remaining()).isEqualTo(PacketEncoder.size(packet, version));
    return HexFormat.of().formatHex(bytes.array());
  }
}
