package dev.midge.proxy.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.fault.Direction;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.proxy.capture.Pcap.Segment;
import dev.midge.proxy.event.ConnectionName;
import dev.midge.proxy.event.PassedPacket;
import dev.midge.testing.Needs;
import dev.midge.testing.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureFileTest {
  private static final ConnectionName NAME = new ConnectionName(1, "c", "127.0.0.1:40000");
  private static final ProtocolVersion VERSION = ProtocolVersion.V3_1_1;
  private static final Connect CONNECT =
      new Connect(VERSION, true, 60, "c", null, "user", "geheim".getBytes(), Properties.NONE);

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final List<IOException> failures = new ArrayList<>();

  private static byte[] bytes(Packet packet) {
    ByteBuffer encoded = PacketEncoder.encode(packet, VERSION);
    return Arrays.copyOfRange(encoded.array(), encoded.position(), encoded.limit());
  }

  private CaptureFile opened() throws IOException {
    CaptureFile capture = new CaptureFile(file, failures::add);
    capture.accepted(NAME, new InetSocketAddress("127.0.0.1", 40000));
    byte[] connect = bytes(CONNECT);
    capture.packet(
        NAME,
        Direction.OUT,
        new PassedPacket(PacketType.CONNECT, connect.length, CONNECT, null, 0, null));
    return capture;
  }

  private static void write(CaptureFile capture, Direction direction, byte[] bytes) {
    capture.written(NAME, direction, bytes, 0, bytes.length);
  }

  private static byte[] large() {
    return bytes(
        new Publish(Message.of("t", new byte[150_000], Qos.AT_MOST_ONCE, false), false, 0));
  }

  private void dialogue() throws IOException {
    try (CaptureFile capture = opened()) {
      write(capture, Direction.OUT, bytes(CONNECT));
      write(capture, Direction.IN, bytes(new Connack(false, 0, Properties.NONE)));
      write(capture, Direction.OUT, large());
      write(capture, Direction.OUT, bytes(Disconnect.NORMAL));
      capture.ended(NAME, Direction.OUT);
      capture.ended(NAME, Direction.IN);
      capture.closed(NAME);
    }
  }

  @Test
  void aConnectionThatEndsBehindTheFileIsNoFailureOfIt(@TempDir Path directory) throws Exception {
    CaptureFile capture =
        new CaptureFile(Files.newOutputStream(directory.resolve("late.pcap")), failures::add);
    capture.accepted(NAME, new InetSocketAddress("127.0.0.1", 40000));
    capture.close();
    capture.cut(NAME);
    capture.closed(NAME);
    assertThat(failures).isEmpty();
  }

  @Test
  void aConnectionIsWholeFromSynToFin() throws IOException {
    dialogue();

    List<Segment> segments = Pcap.read(file.toByteArray());
    var streams = Pcap.streams(segments);
    ByteArrayOutputStream client = new ByteArrayOutputStream();
    client.writeBytes(
        bytes(
            new Connect(
                VERSION, true, 60, "c", null, "user", "******".getBytes(), Properties.NONE)));
    client.writeBytes(large());
    client.writeBytes(bytes(Disconnect.NORMAL));
    assertThat(streams.get(40000)).isEqualTo(client.toByteArray());
    assertThat(streams.get(1883)).isEqualTo(bytes(new Connack(false, 0, Properties.NONE)));
    assertThat(segments.stream().filter(each -> each.has(1))).hasSize(2);
    assertThat(segments.stream().filter(each -> each.has(4))).isEmpty();
  }

  @Test
  void aCutIsAReset() throws IOException {
    try (CaptureFile capture = opened()) {
      write(capture, Direction.OUT, bytes(CONNECT));
      capture.cut(NAME);
      capture.closed(NAME);
    }
    List<Segment> segments = Pcap.read(file.toByteArray());
    Pcap.streams(segments);
    assertThat(segments.subList(segments.size() - 2, segments.size()))
        .allMatch(each -> each.has(4));
  }

  @Test
  void thePasswordIsHiddenInAnyPiecesAndWhenItComesTwice() throws IOException {
    byte[] connect = bytes(CONNECT);
    try (CaptureFile capture = opened()) {
      for (int i = 0; i < connect.length; i++) {
        capture.written(NAME, Direction.OUT, connect, i, 1);
      }
      write(capture, Direction.OUT, connect);
    }
    byte[] client = Pcap.streams(Pcap.read(file.toByteArray())).get(40000);
    assertThat(new String(client)).doesNotContain("geheim");
    assertThat(client).hasSize(2 * connect.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10})
  void ofAConnectThatCannotBeReadOrHasNotComeWholeThePasswordIsHiddenToo(int missing)
      throws IOException {
    byte[] connect = bytes(CONNECT);
    int length = connect.length - missing;
    try (CaptureFile capture = new CaptureFile(file, failures::add)) {
      capture.accepted(NAME, new InetSocketAddress("127.0.0.1", 40000));
      if (missing == 0) {
        capture.packet(
            NAME,
            Direction.OUT,
            new PassedPacket(PacketType.CONNECT, connect.length, null, null, 0, "version 9"));
      }
      capture.written(NAME, Direction.OUT, connect, 0, 5);
      capture.written(NAME, Direction.OUT, connect, 5, length - 5);
    }
    byte[] shown = Arrays.copyOf(connect, length);
    Arrays.fill(shown, Math.min(9, length), length, (byte) '*');
    assertThat(Pcap.streams(Pcap.read(file.toByteArray())).get(40000)).isEqualTo(shown);
  }

  @Test
  void whatIsNoMqttIsShown() throws IOException {
    byte[] request = "GET / HTTP/1.1\r\n\r\n".getBytes();
    try (CaptureFile capture = new CaptureFile(file, failures::add)) {
      capture.accepted(NAME, new InetSocketAddress("127.0.0.1", 40000));
      write(capture, Direction.OUT, request);
    }
    assertThat(Pcap.streams(Pcap.read(file.toByteArray())).get(40000)).isEqualTo(request);
  }

  @Test
  void tsharkSeesMqtt(@TempDir Path directory) throws Exception {
    Needs.program("tshark");
    dialogue();
    Path saved = Files.write(directory.resolve("x.pcap"), file.toByteArray());
    Program tshark =
        Program.start(
                "tshark",
                "-r",
                saved,
                "-o",
                "tcp.check_checksum:TRUE",
                "-o",
                "ip.check_checksum:TRUE",
                "-T",
                "fields",
                "-e",
                "mqtt.msgtype",
                "-e",
                "_ws.expert.message")
            .await();
    assertThat(tshark.status()).isZero();
    List<String> seen = tshark.outText().lines().filter(line -> !line.isBlank()).toList();
    assertThat(String.join(" ", seen)).contains("1").contains("2").contains("3").contains("14");
    assertThat(tshark.outText()).doesNotContain("checksum").doesNotContain("malformed");
  }

  @Test
  void aFullDiskIsToldOnce() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    CaptureFile capture =
        new CaptureFile(
            new java.io.OutputStream() {
              @Override
              public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
              }

              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                if (head.size() > 0) {
                  throw new IOException("No space left on device");
                }
                head.write(bytes, offset, length);
              }
            },
            failures::add);
    capture.accepted(NAME, new InetSocketAddress("127.0.0.1", 40000));
    capture.idle(NAME, Direction.IN);
    capture.idle(NAME, Direction.IN);
    assertThat(failures).hasSize(1);
  }
}
