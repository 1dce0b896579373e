package dev.midge.cli.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments keep their bytes, whatever the locale is. */
class RawArgumentsTest {
  @TempDir Path directory;

  @Test
  void anyBytesComeBackAsTheyWere() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);

      assertThat(RawArguments.bytes(RawArguments.decode(bytes, 0, bytes.length))).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "é", "∞", "😀 and more", "\uFFFD"})
  void textIsText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThat(RawArguments.decode(bytes, 0, bytes.length)).isEqualTo(text);
    assertThat(RawArguments.bytes(text)).isEqualTo(bytes);
  }

  @Test
  void whatIsNoTextIsNotTakenForText() {
    byte[][] wrong = {
      {(byte) 0xFF},
      {(byte) 0xC3},
      {(byte) 0xC0, (byte) 0x80},
      {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
      {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
      {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    };
    for (byte[] bytes : wrong) {
      assertThat(Utf8.isValid(RawArguments.decode(bytes, 0, bytes.length))).isFalse();
    }
  }

  @Test
  void theCommandLineIsAskedOnlyWhenItMustBe() throws Exception {
    Path file = directory.resolve("cmdline");
    Files.write(file, "java\0-jar\0x\0-m\0\377?\0\0é\0".getBytes(StandardCharsets.ISO_8859_1));

    String[] words =
        RawArguments.ofProcess(new String[] {"-m", "\uFFFD?", "", "?"}, file.toString());
    assertThat(words).containsExactly("-m", "\uDCFF?", "", "\uDCE9");

    String[] others = {"-t", "??", "", "?"};
    assertThat(RawArguments.ofProcess(others, file.toString())).isSameAs(others);
    assertThat(RawArguments.ofProcess(others, "/nowhere")).isSameAs(others);
    String[] plain = {"a", "b"};
    assertThat(RawArguments.ofProcess(plain)).isSameAs(plain);
  }
}
