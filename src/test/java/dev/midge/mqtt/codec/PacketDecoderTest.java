package dev.midge.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.codec.MalformedPacketException.Answer;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PacketDecoderTest {

  @Test
  void thereIsNoVersionBeforeConnect() throws Exception {
    PacketDecoder decoder = new PacketDecoder(Side.BROKER);
    assertThat(decoder.version()).isNull();
    decoder.decode(hex("10 0d 0004 4d515454 04 02 003c 0001 63"));
    assertThat(decoder.version()).isEqualTo(ProtocolVersion.V3_1_1);
  }

  @Test
  void aRefusedVersionLeavesTheShapeInWhichToAnswer() {
    assertThat(versionAfterRefusing("10 0d 0004 4d515454 07 02 003c 0001 63"))
        .isEqualTo(ProtocolVersion.V5);
    assertThat(versionAfterRefusing("10 0d 0004 4d515454 03 02 003c 0001 63"))
        .isEqualTo(ProtocolVersion.V3_1);
    assertThat(versionAfterRefusing("10 0d 0004 4d515458 05 02 003c 0001 63")).isNull();
  }

  @Test
  void aClientSaysItsVersionFirst() {
    PacketDecoder decoder = new PacketDecoder(Side.CLIENT);
    assertThatThrownBy(() -> decoder.decode(hex("d0 00")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aDecoderThatWasToldItsVersionStillTakesOneConnect() throws Exception {
    PacketDecoder decoder = decoder(ProtocolVersion.V5);
    assertThat(decoder.decode(hex("c0 00"))).isEqualTo(Ping.REQUEST);
    assertThat(decoder.decode(hex("10 0d 0004 4d515454 04 02 003c 0001 63")))
        .isInstanceOf(Connect.class);
    assertThat(decoder.version()).isEqualTo(ProtocolVersion.V3_1_1);
    assertThat(fault(decoder, hex("10")).answer()).isEqualTo(Answer.CLOSE);
  }

  @Test
  void readingStopsBehindOnePacket() throws Exception {
    ByteBuffer bytes = hex("c0 00 c0 00 c0");
    PacketDecoder decoder = decoder(ProtocolVersion.V5);
    assertThat(decoder.decode(bytes)).isEqualTo(Ping.REQUEST);
    assertThat(bytes.position()).isEqualTo(2);
    assertThat(bytes.limit()).isEqualTo(5);
    assertThat(decoder.decode(bytes)).isEqualTo(Ping.REQUEST);
    assertThat(decoder.decode(bytes)).isNull();
    assertThat(bytes.hasRemaining()).isFalse();
    assertThat(decoder.decode(bytes)).isNull();
    assertThat(decoder.decode(hex("00"))).isEqualTo(Ping.REQUEST);
  }

  @Test
  void aReadOnlyBufferIsAsGoodAsAnother() throws Exception {
    ByteBuffer bytes = hex("30 05 0001 61 00 62").asReadOnlyBuffer();
    assertThat(decoder(ProtocolVersion.V5).decode(bytes)).isEqualTo(publish("a", new byte[] {'b'}));
  }

  @Test
  void aPayloadIsACopyAndNoWindowOnTheBuffer() throws Exception {
    byte[] bytes = hex("30 05 0001 61 00 62").array();
    Publish publish = (Publish) decoder(ProtocolVersion.V5).decode(ByteBuffer.wrap(bytes));
    bytes[6] = 'x';
    assertThat(publish.message().payload()).containsExactly('b');
  }

  @Test
  void theLargestPacketIsTakenAndOneByteMoreIsRefusedFromTheHeader() throws Exception {
    PacketDecoder decoder = decoder(ProtocolVersion.V5);
    decoder.maximumPacketSize(200);
    ByteBuffer fits = ByteBuffer.allocate(200).put(hex("30 c5 01 0001 61 00")).rewind();
    assertThat(decoder.decode(fits)).isEqualTo(publish("a", new byte[193]));
    MalformedPacketException fault = fault(decoder, hex("30 c6 01"));
    assertThat(fault.reasonCode()).isEqualTo(0x95);
    assertThat(fault.answer()).isEqualTo(Answer.REASON_CODE);
  }

  @Test
  void theFirstPacketMayBeTooLargeToo() {
    PacketDecoder decoder = new PacketDecoder(Side.BROKER);
    decoder.maximumPacketSize(20);
    assertThat(fault(decoder, hex("10 13")).reasonCode()).isEqualTo(0x95);
  }

  @Test
  void announcedBytesCostNothing() throws Exception {
    PacketDecoder warm = decoder(ProtocolVersion.V5);
    warm.decode(hex("30 ff ff ff 7f 00 01 61"));
    PacketDecoder decoder = decoder(ProtocolVersion.V5);
    ByteBuffer bytes = hex("30 ff ff ff 7f 00 01 61");
    long before = allocated();
    assertThat(decoder.decode(bytes)).isNull();
    assertThat(allocated() - before).isLessThan(100_000);
  }

  @Test
  void bytesInSmallPiecesCostAFewTimesTheirNumber() throws Exception {
    PacketDecoder decoder = decoder(ProtocolVersion.V5);
    decoder.decode(hex("30 ff ff ff 7f"));
    ByteBuffer piece = ByteBuffer.allocate(1000);
    long before = allocated();
    for (int i = 0; i < 4000; i++) {
      assertThat(decoder.decode(piece.rewind())).isNull();
    }
    assertThat(allocated() - before).isLessThan(24_000_000);
  }

  @Test
  void aWholePublishIsCopiedOnce() throws Exception {
    ByteBuffer bytes =
        PacketEncoder.encode(publish("topic", new byte[4_000_000]), ProtocolVersion.V5);
    PacketDecoder decoder = decoder(ProtocolVersion.V5);
    decoder.decode(bytes.duplicate());
    long before = allocated();
    assertThat(decoder.decode(bytes)).isNotNull();
    assertThat(allocated() - before).isBetween(4_000_000L, 4_300_000L);
  }

  @Test
  void thousandsOfPropertiesCostInProportion() throws Exception {
    long some = costOfProperties(2_000);
    long tenTimes = costOfProperties(20_000);
    assertThat(tenTimes).isLessThan(20 * some);
  }

  private static long costOfProperties(int count) throws MalformedPacketException {
    Properties.Builder builder = Properties.builder();
    for (int i = 0; i < count; i++) {
      builder.userProperty("k", "v");
    }
    Message message = new Message("t", new byte[0], Qos.AT_MOST_ONCE, false, builder.build());
    ByteBuffer bytes = PacketEncoder.encode(new Publish(message, false, 0), ProtocolVersion.V5);
    PacketDecoder decoder = decoder(ProtocolVersion.V5);
    decoder.decode(bytes.duplicate());
    long before = allocated();
    assertThat(decoder.decode(bytes)).isNotNull();
    return allocated() - before;
  }

  private static ProtocolVersion versionAfterRefusing(String hex) {
    PacketDecoder decoder = new PacketDecoder(Side.BROKER);
    fault(decoder, hex(hex));
    return decoder.version();
  }

  private static MalformedPacketException fault(PacketDecoder decoder, ByteBuffer bytes) {
    return catchThrowableOfType(MalformedPacketException.class, () -> decoder.decode(bytes));
  }

  private static Publish publish(String topic, byte[] payload) {
    return new Publish(Message.of(topic, payload, Qos.AT_MOST_ONCE, false), false, 0);
  }

  private static PacketDecoder decoder(ProtocolVersion version) {
    PacketDecoder decoder = new PacketDecoder(Side.BROKER);
    decoder.version(version);
    return decoder;
  }

  private static ByteBuffer hex(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** Bytes that this thread has allocated so far: a measure that no other thread disturbs. */
  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
