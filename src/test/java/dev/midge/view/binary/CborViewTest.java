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

class CborViewTest {
  // RFC 8949, appendix A
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "00|0",
        "01|1",
        "0a|10",
        "17|23",
        "1818|24",
        "1819|25",
        "1864|100",
        "1903e8|1000",
        "1a000f4240|1000000",
        "1b000000e8d4a51000|1000000000000",
        "1bffffffffffffffff|18446744073709551615",
        "c249010000000000000000|18446744073709551616",
        "3bffffffffffffffff|-18446744073709551616",
        "c349010000000000000000|-18446744073709551617",
        "20|-1",
        "29|-10",
        "3863|-100",
        "3903e7|-1000",
        "f90000|0.0",
        "f98000|-0.0",
        "f93c00|1.0",
        "fb3ff199999999999a|1.1",
        "f93e00|1.5",
        "f97bff|65504.0",
        "fa47c35000|100000.0",
        "fb7e37e43c8800759c|1.0E300",
        "f9c400|-4.0",
        "fbc010666666666666|-4.1",
        "f97c00|null",
        "f97e00|null",
        "f9fc00|null",
        "f4|false",
        "f5|true",
        "f6|null",
        "f7|null",
        "c074323031332d30332d32315432303a30343a30305a|\"2013-03-21T20:04:00Z\"",
        "c11a514b67b0|1363896240",
        "c1fb41d452d9ec200000|1.3638962405E9",
        "d74401020304|\"01020304\"",
        "d818456449455446|\"ZElFVEY\"",
        "d82076687474703a2f2f7777772e6578616d706c652e636f6d|\"http://www.example.com\"",
        "40|\"\"",
        "4401020304|\"AQIDBA\"",
        "60|\"\"",
        "6161|\"a\"",
        "6449455446|\"IETF\"",
        "62225c|\"\\\"\\\\\"",
        "62c3bc|\"\u00fc\"",
        "63e6b0b4|\"\u6c34\"",
        "64f0908591|\"\ud800\udd51\"",
        "80|[]",
        "83010203|[1,2,3]",
        "8301820203820405|[1,[2,3],[4,5]]",
        "98190102030405060708090a0b0c0d0e0f101112131415161718181819|[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25]",
        "a0|{}",
        "a201020304|{\"1\":2,\"3\":4}",
        "a26161016162820203|{\"a\":1,\"b\":[2,3]}",
        "826161a161626163|[\"a\",{\"b\":\"c\"}]",
        "a56161614161626142616361436164614461656145|{\"a\":\"A\",\"b\":\"B\",\"c\":\"C\",\"d\":\"D\",\"e\":\"E\"}",
        "5f42010243030405ff|\"AQIDBAU\"",
        "7f657374726561646d696e67ff|\"streaming\"",
        "9fff|[]",
        "9f018202039f0405ffff|[1,[2,3],[4,5]]",
        "83018202039f0405ff|[1,[2,3],[4,5]]",
        "bf61610161629f0203ffff|{\"a\":1,\"b\":[2,3]}",
        "826161bf61626163ff|[\"a\",{\"b\":\"c\"}]",
        "bf6346756ef563416d7421ff|{\"Fun\":true,\"Amt\":-2}",
      })
  void theExamplesOfTheStandardBecomeJson(String cbor, String json) throws ViewException {
    assertThat(through(CborView::decode, hex(cbor))).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "00|0",
        "1818|24",
        "1903e8|1000",
        "1b000000e8d4a51000|1000000000000",
        "c249010000000000000000|18446744073709551616",
        "c349010000000000000000|-18446744073709551617",
        "3903e7|-1000",
        "fb3ff199999999999a|1.1",
        "f5|true",
        "f6|null",
        "62c3bc|\"\u00fc\"",
        "8301820203820405|[1,[2,3],[4,5]]",
        "a0|{}",
        "a26161016162820203|{\"a\":1,\"b\":[2,3]}",
        "826161a161626163|[\"a\",{\"b\":\"c\"}]",
      })
  void jsonBecomesTheExamplesOfTheStandard(String cbor, String json) throws ViewException {
    assertThat(CborView.encode(text(json))).isEqualTo(hex(cbor));
  }

  @Test
  void aTaggedByteStringBecomesThatText() throws ViewException {
    assertThat(through(CborView::decode, hex("d64401020304"))).isEqualTo("\"AQIDBA==\"");
  }

  @Test
  void aSinglePrecisionNumberHasTheDigitsOfItsPrecision() throws ViewException {
    assertThat(through(CborView::decode, hex("fa41ac0000"))).isEqualTo("21.5");
    assertThat(through(CborView::decode, hex("fa3dcccccd"))).isEqualTo("0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "18",
        "62c3",
        "83010",
        "8301",
        "a16161",
        "0001",
        "1c",
        "ff",
        "5f",
        "9f01",
        "7bffffffffffffffff"
      })
  void whatIsNotExactlyOneItemIsRefused(String cbor) {
    byte[] payload = hex(cbor.length() % 2 == 0 ? cbor : cbor + "0");
    assertThatThrownBy(() -> CborView.decode(payload))
        .isInstanceOf(ViewException.class)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void itIsReadToADepthOfAThousandAndNoDeeper() throws ViewException {
    assertThat(through(CborView::decode, hex("81".repeat(999) + "80"))).startsWith("[[[");
    assertThatThrownBy(() -> CborView.decode(hex("81".repeat(1_000_000))))
        .isInstanceOf(ViewException.class);
  }

  @Test
  void aLengthThatLiesCostsNoMemory() {
    assertThatThrownBy(() -> CborView.decode(hex("5a7fffffff00")))
        .isInstanceOf(ViewException.class);
    assertThatThrownBy(() -> CborView.decode(hex("9a7fffffff00")))
        .isInstanceOf(ViewException.class);
  }

  @Provide
  Arbitrary<String> json() {
    return JsonTrees.texts();
  }

  @Property(tries = 300)
  void whatIsEncodedIsDecodedAgain(@ForAll("json") String json) throws ViewException {
    byte[] there = CborView.encode(text(json));

    assertThat(JsonDocument.read(CborView.decode(there))).isEqualTo(JsonDocument.read(text(json)));
  }

  @Property
  void noBytesBreakIt(@ForAll byte[] payload) {
    try {
      assertThat(CborView.decode(payload)).isNotEmpty();
    } catch (ViewException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }
}
