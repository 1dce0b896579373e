package dev.midge.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.net.websocket.FrameParser.Sender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FrameParserTest {
  private final List<String> controls = new ArrayList<>();

  private FrameParser parser(Sender sender) {
    return new FrameParser(
        sender,
        (opcode, payload) -> controls.add(opcode + " " + HexFormat.of().formatHex(payload)));
  }

  @ParameterizedTest
  @EnumSource
  void framesMayComeInAnyPieces(Sender sender) throws IOException {
    Random random = new Random(7);
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (int length : new int[] {0, 1, 125, 126, 65_535, 65_536}) {
      byte[] payload = new byte[length];
      random.nextBytes(payload);
      data.writeBytes(payload);
      frames.writeBytes(frame(sender, FrameFormat.BINARY, payload, random));
      frames.writeBytes(frame(sender, FrameFormat.PING, new byte[] {(byte) length}, random));
    }
    frames.writeBytes(frame(sender, FrameFormat.CLOSE, new byte[] {0x03, (byte) 0xE8}, random));
    frames.writeBytes(frame(sender, FrameFormat.BINARY, new byte[] {1}, random)); // not read

    FrameParser parser = parser(sender);
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    byte[] all = frames.toByteArray();
    for (int at = 0; at < all.length; ) {
      int count = Math.min(all.length - at, 1 + random.nextInt(at < 500 ? 3 : 5000));
      byte[] piece = new byte[count + 2];
      System.arraycopy(all, at, piece, 1, count);
      int carried = parser.parse(ByteBuffer.wrap(piece, 1, count));
      got.write(piece, 1, carried);
      at += count;
    }

    assertThat(got.toByteArray()).isEqualTo(data.toByteArray());
    assertThat(controls).containsExactly("9 00", "9 01", "9 7d", "9 7e", "9 ff", "9 00", "8 03e8");
    assertThat(parser.violation()).isNull();
    assertThat(parser.isClosed()).isTrue();
    assertThat(parser.isWithinFrame()).isFalse();
  }

  private static byte[] frame(Sender sender, int opcode, byte[] payload, Random random) {
    byte[] mask = null;
    if (sender == Sender.CLIENT) {
      mask = new byte[4];
      random.nextBytes(mask);
    }
    ByteBuffer frame = ByteBuffer.allocate(FrameFormat.LONGEST_HEAD + payload.length);
    FrameFormat.putHead(frame, opcode, payload.length, mask);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (mask == null ? payload[i] : payload[i] ^ mask[i & 3]));
    }
    byte[] bytes = new byte[frame.flip().remaining()];
    frame.get(bytes);
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({
    "CLIENT, 828200000000, true, ",
    "CLIENT, 8202, true, RESERVED_BIT_OR_MASK",
    "SERVER, 8202, true, ",
    "SERVER, 8282, true, RESERVED_BIT_OR_MASK",
    "SERVER, 82, true, ",
    "SERVER, 8200, false, ",
    "CLIENT, 82fe000200000000, true, LENGTH",
    "SERVER, 827e0002aabb, false, ",
    "SERVER, 827fffffffffffffffff, true, LENGTH",
    "CLIENT, 888200000000 03ed, false, CLOSE_CODE",
    "SERVER, 8802 03ed, false, ",
    "SERVER, 81, true, TEXT",
    "SERVER, 8b, true, UNKNOWN_CONTROL_FRAME",
    "SERVER, 09, true, LONG_CONTROL_FRAME",
    "SERVER, 897e, true, LONG_CONTROL_FRAME",
    "SERVER, 80, true, OUT_OF_ORDER",
    "SERVER, 0200 82, true, OUT_OF_ORDER",
  })
  void aRuleIsJudgedAsSoonAsItsByteIsThere(
      Sender sender, String hex, boolean within, Violation violation) throws IOException {
    FrameParser parser = parser(sender);
    parser.parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));

    assertThat(parser.violation()).isEqualTo(violation);
    assertThat(parser.isWithinFrame()).isEqualTo(within);
  }
}
