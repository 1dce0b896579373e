package dev.midge.view;

import static dev.midge.view.Payloads.hex;
import static dev.midge.view.Payloads.text;
import static dev.midge.view.Payloads.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hexadecimal digits and base64. */
class TextViewsTest {
  @Property
  void whatIsEncodedIsDecodedAgain(@ForAll byte[] payload) throws ViewException {
    assertThat(HexView.decode(HexView.encode(payload))).isEqualTo(payload);
    assertThat(Base64View.decode(Base64View.encode(payload))).isEqualTo(payload);
  }

  @Test
  void digitsAreInLowerCase() throws ViewException {
    assertThat(through(HexView::encode, hex("00FFa5"))).isEqualTo("00ffa5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00ffA5", "00 ff a5", " 00\tFF\r\na5\n"})
  void digitsMayHaveBlanksBetweenBytes(String digits) throws ViewException {
    assertThat(HexView.decode(text(digits))).isEqualTo(hex("00ffa5"));
  }

  @ParameterizedTest
  @CsvSource({
    "0g, byte 2 is no hexadecimal digit",
    "0 0, byte 2 is no hexadecimal digit",
    "00f, 'the last byte has one hexadecimal digit, not two'",
    "0x00, byte 2 is no hexadecimal digit"
  })
  void otherCharactersAreToldByTheirPlace(String digits, String reason) {
    assertThatThrownBy(() -> HexView.decode(text(digits)))
        .isInstanceOf(ViewException.class)
        .hasMessage(reason);
  }

  // RFC 4648, section 10
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "f, Zg==",
    "fo, Zm8=",
    "foo, Zm9v",
    "foob, Zm9vYg==",
    "fooba, Zm9vYmE=",
    "foobar, Zm9vYmFy"
  })
  void base64HasItsKnownValues(String plain, String base64) throws ViewException {
    assertThat(through(Base64View::encode, text(plain))).isEqualTo(base64);
    assertThat(through(Base64View::decode, text(base64))).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-_8=", "+/8", "-_8", "+/\r\n8=\n"})
  void base64MayHaveTheOtherAlphabetNoPaddingAndLineEnds(String base64) throws ViewException {
    assertThat(Base64View.decode(text(base64))).isEqualTo(hex("fbff"));
  }

  @ParameterizedTest
  @CsvSource({
    "Zg=a, its base64 digits do not end with a whole byte",
    "Z, its base64 digits do not end with a whole byte",
    "Z!, byte 2 is no base64 digit"
  })
  void otherBase64IsRefused(String base64, String reason) {
    assertThatThrownBy(() -> Base64View.decode(text(base64)))
        .isInstanceOf(ViewException.class)
        .hasMessage(reason);
  }
}
