package dev.midge.mqtt.codec;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Packets into bytes and back: what broker and clients do for each message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CodecBench {

  @Param public Kind kind;

  private final PacketDecoder decoder = new PacketDecoder(Side.CLIENT);
  private Packet packet;
  private ByteBuffer bytes;
  private ByteBuffer room;

  /** What is written and read. */
  public enum Kind {
    PUBLISH_64(publish(Properties.NONE, 64)),
    PUBLISH_64_PROPERTIES(
        publish(
            Properties.builder()
                .add(Property.MESSAGE_EXPIRY_INTERVAL, 3600)
                .add(Property.CONTENT_TYPE, "application/json")
                .userProperty("unit", "°C")
                .userProperty("place", "cellar")
                .build(),
            64)),
    PUBLISH_64K(publish(Properties.NONE, 65_536)),
    PUBACK(Ack.of(PacketType.PUBACK, 4711));

    private final Packet packet;

    Kind(Packet packet) {
      this.packet = packet;
    }

    private static Publish publish(Properties properties, int length) {
      byte[] payload = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
      Message message =
          Message.of("site/4/room/12/temperature", payload, Qos.AT_LEAST_ONCE, false)
              .withProperties(properties);
      return new Publish(message, false, 4711);
    }
  }

  @Setup
  public void encoded() {
    packet = kind.packet;
    decoder.version(ProtocolVersion.V5);
    bytes = PacketEncoder.encode(packet, ProtocolVersion.V5);
    room = ByteBuffer.allocate(bytes.remaining());
  }

  @Benchmark
  public ByteBuffer encode() {
    PacketEncoder.encode(packet, ProtocolVersion.V5, room.clear());
    return room;
  }

  @Benchmark
  public Packet decode() throws MalformedPacketException {
    return decoder.decode(bytes.rewind());
  }
}
