package dev.midge.cli.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads behind their lengths. */
class FrameSourceTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 65_536, 10_000_000})
  void eachPayloadComesBackHoweverTheInputComes(int chunk) throws IOException {
    Random random = new Random(7);
    List<byte[]> payloads = new ArrayList<>();
    int[] lengths = {0, 1, 4, 65_531, 65_532, 65_533, 0, 3_000_000, 2};
    for (int length : chunk == 1 ? Arrays.copyOf(lengths, 6) : lengths) {
      byte[] payload = new byte[length];
      random.nextBytes(payload);
      payloads.add(payload);
    }

    assertThat(read(framed(payloads), chunk)).containsExactlyElementsOf(payloads);
  }

  @Test
  void itTellsWhetherTheNextFrameIsThere() throws IOException {
    byte[] frames = framed(List.of(new byte[1], new byte[2], new byte[3]));
    FrameSource source =
        new FrameSource(new ByteArrayInputStream(frames, 0, frames.length - 1), "x");

    assertThat(source.isReady()).as("before anything is read").isFalse();
    source.next();
    assertThat(source.isReady()).isTrue();
    source.next();
    assertThat(source.isReady()).as("a byte is missing").isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3 of the 4 bytes of its length are missing.",
    "3, 1 of the 4 bytes of its length is missing.",
    "4, 5 of its 5 bytes are missing.",
    "8, 1 of its 5 bytes is missing.",
  })
  void aFrameThatIsCutOffSaysHowMuchIsMissing(int left, String text) {
    byte[] frames = framed(List.of(new byte[2], new byte[5]));
    byte[] cut = Arrays.copyOf(frames, 6 + left);

    assertThatThrownBy(() -> read(cut, 2))
        .isInstanceOf(IOException.class)
        .hasMessage("Frame 2 of x is cut off: " + text);
  }

  @Test
  void aLengthThatNoMessageHasIsRefusedBeforeMemoryIsTaken() {
    byte[] tooMuch = {(byte) 0xFF, 0, 0, 0};

    assertThatThrownBy(() -> read(tooMuch, 4))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Frame 1 of x has 4278190080 bytes")
        .hasMessageContaining("at most 268435455");
    assertThatThrownBy(() -> read(new byte[] {0x0F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF}, 4))
        .hasMessage("Frame 1 of x is cut off: 268435455 of its 268435455 bytes are missing.");
  }

  private static byte[] framed(List<byte[]> payloads) {
    ByteBuffer frames = ByteBuffer.allocate(payloads.stream().mapToInt(p -> p.length + 4).sum());
    payloads.forEach(payload -> frames.putInt(payload.length).put(payload));
    return frames.array();
  }

  private static List<byte[]> read(byte[] input, int chunk) throws IOException {
    InputStream in =
        new ByteArrayInputStream(input) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(length, chunk));
          }
        };
    FrameSource source = new FrameSource(in, "x");
    List<byte[]> payloads = new ArrayList<>();
    for (byte[] each = source.next(); each != null; each = source.next()) {
      payloads.add(each);
    }
    return payloads;
  }
}
