package dev.midge.lwt.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text in the columns of a terminal. */
class ColumnsTest {

  @ParameterizedTest
  @CsvSource({"abc,3", "日本,4", "e\u0301,1", "a\u200db,2", "😀,2", "'',0"})
  void aLetterTakesOneColumnOrTwoOrNone(String text, int width) {
    assertThat(Columns.width(text)).isEqualTo(width);
  }

  @ParameterizedTest
  @CsvSource({"abcdef,6,abcdef", "abcdef,5,abcd…", "日本語,5,日本…", "日本語,4,日…", "abc,1,…", "abc,0,''"})
  void whatIsTooWideEndsInADot(String text, int width, String cut) {
    assertThat(Columns.cut(text, width)).isEqualTo(cut);
  }

  @Test
  void wordsGoToTheNextLine() {
    assertThat(Columns.wrap("one two three", 7, " ")).containsExactly("one two", " three");
    assertThat(Columns.wrap("abcdefghij k", 5, " ")).containsExactly("abcde", " fghi", " j k");
    assertThat(Columns.wrap("  one", 80, "  ")).containsExactly("  one");
    assertThat(Columns.wrap("", 80, "")).containsExactly("");
  }
}
