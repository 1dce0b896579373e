package dev.midge.broker.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
  private final Random random = new Random(5);
  private final WriteQueue queue = new WriteQueue(new BufferPool(), new LastEncoding());

  /** Takes only so many bytes, as a socket does. */
  private static final class Narrow implements GatheringByteChannel {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    int room;

    @Override
    public int write(ByteBuffer from) {
      int count = Math.min(room, from.remaining());
      byte[] bytes = new byte[count];
      from.get(bytes);
      taken.writeBytes(bytes);
      room -= count;
      return count;
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
      long count = 0;
      for (int i = offset; i < offset + length; i++) {
        count += write(from[i]);
      }
      return count;
    }

    @Override
    public long write(ByteBuffer[] from) {
      return write(from, 0, from.length);
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private Packet randomPacket() {
    int[] sizes = {0, 1, 100, 127, 128, 4095, 4096, 4097, 16_383, 16_384, 70_000, 2_097_152};
    int kind = random.nextInt(10);
    if (kind < 3) {
      return Ack.of(PacketType.PUBACK, 1 + random.nextInt(65535));
    }
    byte[] payload = new byte[sizes[random.nextInt(kind < 5 ? sizes.length : 6)]];
    random.nextBytes(payload);
    String topic = "t".repeat(1 + random.nextInt(kind == 9 ? 65_535 : 20));
    Qos qos = Qos.of(random.nextInt(3));
    int packetId = qos == Qos.AT_MOST_ONCE ? 0 : 7;
    return new Publish(Message.of(topic, payload, qos, false), false, packetId);
  }

  @Test
  void whateverIsWrittenInWhateverPiecesIsWhatTheCodecMakes() throws Exception {
    for (ProtocolVersion version : ProtocolVersion.values()) {
      Narrow channel = new Narrow();
      ByteArrayOutputStream wanted = new ByteArrayOutputStream();
      for (int i = 0; i < 400; i++) {
        Packet packet = randomPacket();
        ByteBuffer bytes = PacketEncoder.encode(packet, version);
        wanted.write(bytes.array(), bytes.position(), bytes.remaining());
        assertThat(queue.add(packet, version)).isEqualTo(bytes.remaining());
        if (random.nextInt(3) == 0) {
          channel.room = random.nextInt(200_000);
          queue.writeTo(channel);
        }
        assertThat(queue.bytes()).isEqualTo(wanted.size() - channel.taken.size());
      }
      channel.room = Integer.MAX_VALUE;
      queue.writeTo(channel);
      assertThat(channel.taken.toByteArray()).isEqualTo(wanted.toByteArray());
      assertThat(queue.isEmpty()).isTrue();
      assertThat(queue.packets()).isZero();
      assertThat(queue.bytes()).isZero();
    }
  }

  /** The head of the last packet is used again where only the payload differs. */
  @Test
  void messagesToOneTopicThatDifferInAnythingAreWhatTheCodecMakes() throws Exception {
    String topic = "site/1/temperature";
    List<Properties> properties =
        List.of(
            Properties.NONE,
            Properties.NONE.plus(Property.MESSAGE_EXPIRY_INTERVAL, 1),
            Properties.NONE.plus(Property.MESSAGE_EXPIRY_INTERVAL, 2));
    for (ProtocolVersion version : List.of(ProtocolVersion.V3_1_1, ProtocolVersion.V5)) {
      Narrow channel = new Narrow();
      channel.room = Integer.MAX_VALUE;
      ByteArrayOutputStream wanted = new ByteArrayOutputStream();
      for (int i = 0; i < 2000; i++) {
        byte[] payload = new byte[random.nextInt(20) == 0 ? 64 : 65];
        random.nextBytes(payload);
        Message message =
            new Message(
                random.nextInt(20) == 0 ? "site/2/temperature" : topic,
                payload,
                Qos.AT_MOST_ONCE,
                random.nextInt(20) == 0,
                properties.get(Math.max(0, random.nextInt(20) - 17)));
        Publish packet = new Publish(message, false, 0);
        wanted.writeBytes(PacketEncoder.encode(packet, version).array());
        queue.add(packet, version);
        queue.add(packet, version); // a second subscriber
        wanted.writeBytes(PacketEncoder.encode(packet, version).array());
      }
      queue.writeTo(channel);
      assertThat(channel.taken.toByteArray()).isEqualTo(wanted.toByteArray());
    }
  }

  @Test
  void packetsThatAreNotWrittenAreCounted() throws Exception {
    Narrow channel = new Narrow();
    for (int i = 0; i < 1000; i++) {
      queue.add(Ack.of(PacketType.PUBACK, 1), ProtocolVersion.V3_1_1);
    }
    assertThat(queue.packets()).isEqualTo(1000);
    channel.room = 2000; // half of them
    queue.writeTo(channel);
    assertThat(queue.packets()).isEqualTo(500);
    queue.clear();
    assertThat(queue.packets()).isZero();
    assertThat(queue.isEmpty()).isTrue();
  }
}
