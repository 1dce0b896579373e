package dev.midge.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        " ~",
        "\u00A0",
        "é",
        "\uFEFF",
        "\uFFFD",
        "\uD7FF",
        "\uE000",
        "\uFDCF",
        "\uFDF0",
        "😀",
        "\uD83F\uDFFD"
      })
  void valid(String text) {
    assertThat(Utf8.isValid(text)).isTrue();
    assertThat(Utf8.isValid("a" + text + "b")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000",
        "\u0001",
        "\t",
        "\n",
        "\u001F",
        "\u007F",
        "\u0080",
        "\u009F",
        "\uFDD0",
        "\uFDEF",
        "\uFFFE",
        "\uFFFF",
        "\uD83F\uDFFE",
        "\uD83F\uDFFF",
        "\uDBFF\uDFFF"
      })
  void invalid(String text) {
    assertThat(Utf8.isValid(text)).isFalse();
    assertThat(Utf8.isValid("a" + text + "b")).isFalse();
  }

  // No parameters: the reports could not hold lone surrogates.
  @Example
  void loneSurrogatesAreInvalid() {
    assertThat(Utf8.isValid("\uD800")).isFalse();
    assertThat(Utf8.isValid("\uDC00")).isFalse();
    assertThat(Utf8.isValid("\uD800a")).isFalse();
    assertThat(Utf8.isValid("\uDC00\uD800")).isFalse();
    assertThat(Utf8.isValid("\uD800\uD800\uDC00")).isFalse();
  }

  @Example
  void everyCodePointIsJudgedByItsClass() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      boolean nonCharacter =
          (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
      boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
      boolean wanted = !nonCharacter && !surrogate && !Character.isISOControl(codePoint);
      if (Utf8.isValid(Character.toString(codePoint)) != wanted) {
        throw new AssertionError("U+" + Integer.toHexString(codePoint));
      }
    }
  }

  @Property
  void lengthIsWhatJavaWouldWrite(@ForAll String text) {
    assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }

  @Property
  void lengthIsRightForAnyChars(@ForAll char[] chars) {
    String text = new String(chars);
    assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }
}
