package dev.midge.view.binary;

import static dev.midge.view.Payloads.hex;
import static dev.midge.view.Payloads.text;
import static dev.midge.view.Payloads.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.view.ViewException;
import dev.midge.view.json.JsonDocument;
import dev.midge.view.json.JsonTrees;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePackViewTest {
  // The formats of the MessagePack specification, each with its first byte.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "c0|null",
        "c2|false",
        "c3|true",
        "7f|127",
        "e0|-32",
        "cc80|128",
        "cdffff|65535",
        "ceffffffff|4294967295",
        "cfffffffffffffffff|18446744073709551615",
        "d080|-128",
        "d18000|-32768",
        "d280000000|-2147483648",
        "d38000000000000000|-9223372036854775808",
        "ca3dcccccd|0.1",
        "cb3fb999999999999a|0.1",
        "ca7f800000|null",
        "a0|\"\"",
        "a161|\"a\"",
        "d90161|\"a\"",
        "da000161|\"a\"",
        "db0000000161|\"a\"",
        "c403010203|\"AQID\"",
        "c50003010203|\"AQID\"",
        "c600000003010203|\"AQID\"",
        "93010203|[1,2,3]",
        "dc0003010203|[1,2,3]",
        "dd00000003010203|[1,2,3]",
        "82a7636f6d70616374c3a6736368656d6100|{\"compact\":true,\"schema\":0}",
        "de0001a16101|{\"a\":1}",
        "df00000001a16101|{\"a\":1}",
        "8101a162|{\"1\":\"b\"}",
        "81920102c0|{\"[1,2]\":null}",
        "d40501|{\"type\":5,\"data\":\"AQ==\"}",
        "c70306010203|{\"type\":6,\"data\":\"AQID\"}",
        "d6ff514b67b0|\"2013-03-21T20:04:00Z\"",
        "d7ff00000008514b67b0|\"2013-03-21T20:04:00.000000002Z\"",
      })
  void eachFormatBecomesJson(String packed, String json) throws ViewException {
    assertThat(through(MessagePackView::decode, hex(packed))).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "82a7636f6d70616374c3a6736368656d6100|{\"compact\":true,\"schema\":0}",
        "cfffffffffffffffff|18446744073709551615",
        "d38000000000000000|-9223372036854775808",
        "e0|-32",
        "cb3fb999999999999a|0.1",
        "93c0a161c2|[null,\"a\",false]",
      })
  void jsonBecomesTheShortestFormat(String packed, String json) throws ViewException {
    assertThat(MessagePackView.encode(text(json))).isEqualTo(hex(packed));
  }

  @ParameterizedTest
  @CsvSource({
    "18446744073709551616, 18446744073709551616 is too large for an integer of MessagePack",
    "-9223372036854775809, -9223372036854775809 is too large for an integer of MessagePack",
    "1e999, 1E+999 is too large for MessagePack",
    "x, 'it is no JSON (character 1): '"
  })
  void whatItCannotHoldIsRefused(String json, String reason) {
    assertThatThrownBy(() -> MessagePackView.encode(text(json)))
        .isInstanceOf(ViewException.class)
        .hasMessageStartingWith(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c1",
        "cc",
        "a2c3",
        "9201",
        "81a161",
        "c003",
        "a1ff",
        "dbffffffff",
        "c6ffffffff",
        "ddffffffff",
        "dfffffffff",
        "c9ffffffff05"
      })
  void whatIsNotExactlyOneValueIsRefused(String packed) {
    assertThatThrownBy(() -> MessagePackView.decode(hex(packed)))
        .isInstanceOf(ViewException.class)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void itIsReadToADepthOfAThousandAndNoDeeper() throws ViewException {
    assertThat(through(MessagePackView::decode, hex("91".repeat(999) + "90"))).startsWith("[[[");
    assertThatThrownBy(() -> MessagePackView.decode(hex("91".repeat(1_000_000))))
        .hasMessage("it is deeper than 1000 levels");
  }

  @Test
  void namesWithinNamesCannotMakeALongText() {
    assertThatThrownBy(() -> MessagePackView.decode(hex("81".repeat(40) + "01" + "c0".repeat(40))))
        .hasMessage("the name of a member has members with such names itself");
  }

  @Test
  void severalNamesMayBeArraysAndMaps() throws ViewException {
    assertThat(through(MessagePackView::decode, hex("82 9101 02 81a16105 06")))
        .isEqualTo("{\"[1]\":2,\"{\\\"a\\\":5}\":6}");
  }

  @Provide
  Arbitrary<String> json() {
    return JsonTrees.texts();
  }

  @Property(tries = 300)
  void whatIsEncodedIsDecodedAgain(@ForAll("json") String json) throws ViewException {
    byte[] there = MessagePackView.encode(text(json));

    assertThat(JsonDocument.read(MessagePackView.decode(there)))
        .isEqualTo(JsonDocument.read(text(json)));
  }

  @Property
  void noBytesBreakIt(@ForAll byte[] payload) {
    try {
      assertThat(MessagePackView.decode(payload)).isNotEmpty();
    } catch (ViewException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }
}
