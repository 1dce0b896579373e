package dev.midge.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text in so many columns. */
class ScreenLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t 190|5|t 190",
        "t 190|4|t 1…",
        "t 19|4|t 19",
        "ab|1|…",
        "日本|4|日本",
        "日本|3|日…",
        "日本語|4|日…",
        "a日|2|a…",
        "日|1|…",
        "e\u0301e\u0301e\u0301|3|e\u0301e\u0301e\u0301",
        "e\u0301e\u0301e\u0301|2|e\u0301…",
        "a\u200bb|2|a\u200bb",
        "😀😀|4|😀😀",
        "😀😀|3|😀…",
        "a\u0007b|3|a b",
        "a\u001b[Hb|9|a [Hb",
        "x\u001b[36mhall\u001b[0m x|7|x\u001b[36mhall\u001b[0m x\u001b[0m",
        "x\u001b[36mhall\u001b[0m xy|7|x\u001b[36mhall\u001b[0m \u001b[0m…",
        "x\u001b[36mhall\u001b[0m|4|x\u001b[36mha\u001b[0m…",
      })
  void takesNoMoreColumnsAndIsMarkedWhereItIsCut(String text, int columns, String shown) {
    assertThat(ScreenLine.fit(text, columns)).isEqualTo(shown);
  }
}
