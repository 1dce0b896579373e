package dev.midge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are read as C reads them. */
class NumberParserTest {
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
    assertThat(NumberParser.lenient(word)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"0.5,0.5", "1.5s,1.5", "' 2',2", "abc,0", "1e2x,100", ".5,0.5", "1d,1", "-1,-1"})
  void lenientDecimals(String word, double number) {
    assertThat(NumberParser.lenientDecimal(word)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"10,10", "0x10,16", "0XfF,255", "010,8", "0,0", "-1,-1", "' 5',5"})
  void strictNumbers(String word, long number) {
    assertThat(NumberParser.strict(word)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1x", "1 ", "09", "0x", "0xg", "#10", "--1", "१"})
  void strictNumbersAreNothingElse(String word) {
    assertThatThrownBy(() -> NumberParser.strict(word)).isInstanceOf(NumberFormatException.class);
  }
}
