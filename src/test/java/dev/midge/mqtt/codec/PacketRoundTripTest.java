package dev.midge.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsubscribe;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is written is read again, whatever the packet, the version and the pieces. */
class PacketRoundTripTest {

  @Property
  void packetsAreReadAsTheyWereWritten(
      @ForAll long seed, @ForAll ProtocolVersion version, @ForAll Side side) throws Exception {
    RandomPackets random = new RandomPackets(seed, version);
    List<Packet> packets = new ArrayList<>();
    PacketDecoder decoder = new PacketDecoder(side);
    if (side == Side.BROKER) {
      packets.add(random.connect());
    } else {
      decoder.version(version);
    }
    for (int i = 0; i < 5; i++) {
      packets.add(random.packetTo(side));
    }
    assertThat(readInPieces(decoder, write(packets, version), new Random(seed))).isEqualTo(packets);
    assertThat(decoder.version()).isEqualTo(version);
  }

  @Property
  void aBufferOutsideTheHeapHoldsTheSameBytes(@ForAll long seed, @ForAll ProtocolVersion version) {
    Packet packet = new RandomPackets(seed, version).packetTo(Side.BROKER);
    ByteBuffer direct = ByteBuffer.allocateDirect(3 + PacketEncoder.size(packet, version));
    direct.position(3);
    PacketEncoder.encode(packet, version, direct);
    assertThat(direct.hasRemaining()).isFalse();
    assertThat(direct.position(3)).isEqualTo(PacketEncoder.encode(packet, version));
  }

  @Property
  void aPublishIsItsHeadAndItsPayload(@ForAll long seed, @ForAll ProtocolVersion version) {
    Publish publish = new RandomPackets(seed, version).publish(Side.BROKER);
    byte[] payload = publish.message().payload();
    int head = PacketEncoder.headSize(publish, version);
    ByteBuffer bytes = ByteBuffer.allocate(head + payload.length);
    PacketEncoder.encodeHead(publish, version, bytes);
    assertThat(bytes.position()).isEqualTo(head);
    bytes.put(payload);
    assertThat(bytes.flip()).isEqualTo(PacketEncoder.encode(publish, version));
  }

  @Property
  void whatMqtt3DoesNotHaveIsLeftOut(@ForAll long seed, @ForAll boolean v31) throws Exception {
    ProtocolVersion v3 = v31 ? ProtocolVersion.V3_1 : ProtocolVersion.V3_1_1;
    Packet packet = new RandomPackets(seed, ProtocolVersion.V5).packetTo(Side.BROKER);
    PacketDecoder decoder = new PacketDecoder(Side.BROKER);
    decoder.version(v3);
    if (packet instanceof Publish publish && publish.message().topic().isEmpty()) {
      return; // an alias cannot be left out: MQTT 3 has no other way to say the topic
    }
    assertThat(decoder.decode(PacketEncoder.encode(packet, v3))).isEqualTo(plain(packet));
  }

  @Example
  void aConnectIsWrittenInItsOwnVersion() throws Exception {
    for (long seed = 0; seed < 100; seed++) {
      Connect v5 = new RandomPackets(seed, ProtocolVersion.V5).connect();
      String username = v5.username() == null ? "u" : v5.username();
      Will will =
          v5.will() == null ? null : new Will(v5.will().message().withProperties(Properties.NONE));
      Connect asked =
          new Connect(
              ProtocolVersion.V3_1_1,
              v5.cleanStart(),
              v5.keepAlive(),
              v5.clientId(),
              v5.will(),
              username,
              v5.password(),
              v5.properties());
      Connect wanted =
          new Connect(
              ProtocolVersion.V3_1_1,
              v5.cleanStart(),
              v5.keepAlive(),
              v5.clientId(),
              will,
              username,
              v5.password(),
              Properties.NONE);
      PacketDecoder decoder = new PacketDecoder(Side.BROKER);
      assertThat(decoder.decode(PacketEncoder.encode(asked, ProtocolVersion.V5))).isEqualTo(wanted);
    }
  }

  @Property
  void anyBytesEndInPacketsOrInOneFault(
      @ForAll byte[] bytes, @ForAll Side side, @ForAll ProtocolVersion version) {
    assertThat(fate(bytes, side, version, bytes.length)).isEqualTo(fate(bytes, side, version, 1));
  }

  @Property
  void aDamagedPacketEndsInAPacketOrInOneFault(
      @ForAll long seed,
      @ForAll ProtocolVersion version,
      @ForAll Side side,
      @ForAll @IntRange(min = 1, max = 4) int damages) {
    RandomPackets packets = new RandomPackets(seed, version);
    List<Packet> sent = new ArrayList<>();
    if (side == Side.BROKER) {
      sent.add(packets.connect());
    }
    sent.add(packets.packetTo(side));
    byte[] bytes = write(sent, version);
    Random random = new Random(seed);
    for (int i = 0; i < damages; i++) {
      bytes[random.nextInt(Math.min(bytes.length, 60))] = (byte) random.nextInt();
    }
    ProtocolVersion from = side == Side.BROKER ? null : version;
    assertThat(fate(bytes, side, from, bytes.length)).isEqualTo(fate(bytes, side, from, 7));
  }

  /** The packets, and the fault at which reading ended if there was one. */
  private static String fate(byte[] bytes, Side side, ProtocolVersion version, int pieceLength) {
    PacketDecoder decoder = new PacketDecoder(side);
    if (version != null) {
      decoder.version(version);
    }
    StringBuilder fate = new StringBuilder();
    try {
      for (int at = 0; at < bytes.length; at += pieceLength) {
        ByteBuffer piece = ByteBuffer.wrap(bytes, at, Math.min(pieceLength, bytes.length - at));
        while (piece.hasRemaining()) {
          Packet packet = decoder.decode(piece);
          if (packet != null) {
            fate.append(packet).append('\n');
          }
        }
      }
    } catch (MalformedPacketException e) {
      fate.append(e.answer()).append(' ').append(e.reasonCode()).append(' ').append(e.getMessage());
    }
    return fate.toString();
  }

  private static byte[] write(List<Packet> packets, ProtocolVersion version) {
    int size = 0;
    for (Packet packet : packets) {
      size += PacketEncoder.size(packet, version);
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    for (Packet packet : packets) {
      PacketEncoder.encode(packet, version, bytes);
    }
    assertThat(bytes.hasRemaining()).isFalse();
    return bytes.array();
  }

  private static List<Packet> readInPieces(PacketDecoder decoder, byte[] bytes, Random random)
      throws MalformedPacketException {
    List<Packet> packets = new ArrayList<>();
    int longest = 1 + random.nextInt(random.nextBoolean() ? 5 : 2000);
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(1 + random.nextInt(longest), bytes.length - at);
      ByteBuffer piece = ByteBuffer.wrap(bytes, at, length);
      while (piece.hasRemaining()) {
        Packet packet = decoder.decode(piece);
        if (packet != null) {
          packets.add(packet);
        }
      }
      at += length;
    }
    return packets;
  }

  private static Packet plain(Packet packet) {
    if (packet instanceof Publish publish) {
      Message message = publish.message().withProperties(Properties.NONE);
      return new Publish(message, publish.dup(), publish.packetId());
    }
    if (packet instanceof Ack ack) {
      return Ack.of(ack.type(), ack.packetId());
    }
    if (packet instanceof Subscribe subscribe) {
      List<Subscription> subscriptions = new ArrayList<>();
      for (Subscription subscription : subscribe.subscriptions()) {
        subscriptions.add(Subscription.of(subscription.filter(), subscription.qos()));
      }
      return new Subscribe(subscribe.packetId(), subscriptions, Properties.NONE);
    }
    if (packet instanceof Unsubscribe unsubscribe) {
      return new Unsubscribe(unsubscribe.packetId(), unsubscribe.filters(), Properties.NONE);
    }
    return packet instanceof Disconnect ? Disconnect.NORMAL : packet;
  }
}
