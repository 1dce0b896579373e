package dev.midge.mqtt.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Packet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every packet of {@code src/test/resources/packets}, against what it says is wanted. */
class PacketFixturesTest {
  private static final Path PACKETS = Path.of("src/test/resources/packets");

  static List<PacketFixture> fixtures() throws IOException {
    try (Stream<Path> files = Files.list(PACKETS)) {
      return files
          .filter(file -> file.toString().endsWith(".hex"))
          .sorted()
          .flatMap(file -> PacketFixture.readAll(file).stream())
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void inOnePiece(PacketFixture fixture) {
    assertThat(outcome(fixture, fixture.bytes().length, false)).isEqualTo(fixture.wanted());
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void inOnePieceOutsideTheHeap(PacketFixture fixture) {
    assertThat(outcome(fixture, fixture.bytes().length, true)).isEqualTo(fixture.wanted());
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void byteByByte(PacketFixture fixture) {
    assertThat(outcome(fixture, 1, false)).isEqualTo(fixture.wanted());
  }

  private static String outcome(PacketFixture fixture, int pieceLength, boolean direct) {
    PacketDecoder decoder = fixture.decoder();
    byte[] bytes = fixture.bytes();
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    boolean complete = true;
    try {
      for (int at = 0; at < bytes.length; at += pieceLength) {
        int length = Math.min(pieceLength, bytes.length - at);
        ByteBuffer piece = direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
        piece.put(bytes, at, length).flip();
        while (piece.hasRemaining()) {
          Packet packet = decoder.decode(piece);
          complete = packet != null;
          if (complete) {
            again.writeBytes(PacketEncoder.encode(packet, decoder.version()).array());
          }
        }
      }
    } catch (MalformedPacketException e) {
      return answer(e, decoder.version());
    }
    if (!complete) {
      return "more";
    }
    return java.util.Arrays.equals(again.toByteArray(), bytes) ? "ok" : "ok in another form";
  }

  private static String answer(MalformedPacketException e, ProtocolVersion version) {
    return switch (e.answer()) {
      case CLOSE -> "close";
      case CONNACK -> String.format("connack 0x%02x", e.reasonCode());
      case REASON_CODE ->
          version == ProtocolVersion.V5 ? String.format("0x%02x", e.reasonCode()) : "close";
    };
  }
}
