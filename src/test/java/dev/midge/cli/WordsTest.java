package dev.midge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words keep their bytes, and numbers in them are read as C does. */
class WordsTest {
  @TempDir Path directory;

  @Test
  void anyBytesComeBackAsTheyWere() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);

      assertThat(Words.bytes(Words.decode(bytes, 0, bytes.length))).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "é", "∞", "😀 and more", "\uFFFD"})
  void textIsText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    assertThat(Words.decode(bytes, 0, bytes.length)).isEqualTo(text);
    assertThat(Words.bytes(text)).isEqualTo(bytes);
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
      assertThat(Utf8.isValid(Words.decode(bytes, 0, bytes.length))).isFalse();
    }
  }

  @Test
  void theCommandLineIsAskedOnlyWhenItMustBe() throws Exception {
    Path file = directory.resolve("cmdline");
    Files.write(file, "java\0-jar\0x\0-m\0\377?\0\0é\0".getBytes(StandardCharsets.ISO_8859_1));

    String[] words = Words.ofProcess(new String[] {"-m", "\uFFFD?", "", "?"}, file.toString());
    assertThat(words).containsExactly("-m", "\uDCFF?", "", "\uDCE9");

    String[] others = {"-t", "??", "", "?"};
    assertThat(Words.ofProcess(others, file.toString())).isSameAs(others);
    assertThat(Words.ofProcess(others, "/nowhere")).isSameAs(others);
    String[] plain = {"a", "b"};
    assertThat(Words.ofProcess(plain)).isSameAs(plain);
  }

  @ParameterizedTest
  @CsvSource({
    "1abc,1",
    "abc,0",
    "'',0",
    "' \t-12 ',-12",
    "+3,3",
    "--3,0",
    "0x10,0",
    "99999999999999999999,9223372036854775807"
  })
  void lenientNumbers(String word, long number) {
    assertThat(Numbers.lenient(word)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"0.5,0.5", "1.5s,1.5", "' 2',2", "abc,0", "1e2x,100", ".5,0.5", "1d,1", "-1,-1"})
  void lenientDecimals(String word, double number) {
    assertThat(Numbers.lenientDecimal(word)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"10,10", "0x10,16", "0XfF,255", "010,8", "0,0", "-1,-1", "' 5',5"})
  void strictNumbers(String word, long number) {
    assertThat(Numbers.strict(word)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1x", "1 ", "09", "0x", "0xg", "#10", "--1", "१"})
  void strictNumbersAreNothingElse(String word) {
    assertThatThrownBy(() -> Numbers.strict(word)).isInstanceOf(NumberFormatException.class);
  }
}
