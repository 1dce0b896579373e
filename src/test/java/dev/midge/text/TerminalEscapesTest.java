package dev.midge.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalEscapesTest {
  private static final String EVIL = "a\nb\r\t\u001b[31m\u007f\u0085\u061c\u200e\u2028\u202e\u2069";

  @Test
  void peopleAreShownLineEndsByName() {
    assertThat(TerminalEscapes.escaped(EVIL))
        .isEqualTo("a\\nb\\r\\t\\x1b[31m\\x7f\\u0085\\u061c\\u200e\\u2028\\u202e\\u2069");
  }

  @Test
  void theLogWritesEachByNumber() {
    assertThat(TerminalEscapes.forLog(EVIL))
        .isEqualTo("a\\x0ab\\x0d\\x09\\x1b[31m\\x7f\\x85\\u061c\\u200e\\u2028\\u202e\\u2069");
    assertThat(TerminalEscapes.forLog("a\nb\u001b[31m\u0085\u2028\u202e"))
        .isEqualTo("a\\x0ab\\x1b[31m\\x85\\u2028\\u202e");
  }

  @Test
  void harmlessTextIsReturnedAsItIs() {
    String plain = "plain é 😀";
    assertThat(TerminalEscapes.escaped(plain)).isSameAs(plain);
    assertThat(TerminalEscapes.forLog(plain)).isSameAs(plain);
  }
}
