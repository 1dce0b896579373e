package dev.midge.view.proto;

import static dev.midge.view.Payloads.hex;
import static dev.midge.view.Payloads.text;
import static dev.midge.view.Payloads.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.view.ViewException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkplugViewTest {
  /** Made by another encoder from the field numbers of the specification. */
  private static final byte[] SAMPLE =
      hex(
          "08eaf2f5a8a02b12160a0454656d70100118eaf2f5a8a02b2009650000ac41120a1002200350fbffffff0f"
              + "12090a034f6666200b380112120a03426967200858ffffffffffffffffff01120d0a024174200d58ea"
              + "f2f5a8a02b121d0a04556e6974200c4a100a07656e67556e69741205080c4201437a017812240a0353"
              + "657420108a011a08021201611201621a02030b220c0a0608ffffffff0f0a022801122a0a0354706c20"
              + "139201200a027631120b0a016e200150f6ffffff0f1a080a0170100c42017122015428001807");

  private static final String JSON =
      "{\"timestamp\":\"2017-02-03T17:55:02.122Z\",\"seq\":7,\"metrics\":["
          + "{\"name\":\"Temp\",\"alias\":1,\"timestamp\":\"2017-02-03T17:55:02.122Z\",\"dataType\":\"Float\",\"value\":21.5},"
          + "{\"alias\":2,\"dataType\":\"Int32\",\"value\":-5},"
          + "{\"name\":\"Off\",\"dataType\":\"Boolean\",\"value\":null},"
          + "{\"name\":\"Big\",\"dataType\":\"UInt64\",\"value\":18446744073709551615},"
          + "{\"name\":\"At\",\"dataType\":\"DateTime\",\"value\":\"2017-02-03T17:55:02.122Z\"},"
          + "{\"name\":\"Unit\",\"dataType\":\"String\",\"properties\":{\"engUnit\":{\"type\":\"String\",\"value\":\"C\"}},\"value\":\"x\"},"
          + "{\"name\":\"Set\",\"dataType\":\"DataSet\",\"value\":{\"columns\":[\"a\",\"b\"],\"types\":[\"Int32\",\"Boolean\"],\"rows\":[[-1,true]]}},"
          + "{\"name\":\"Tpl\",\"dataType\":\"Template\",\"value\":{\"version\":\"v1\",\"templateRef\":\"T\",\"isDefinition\":false,"
          + "\"metrics\":[{\"name\":\"n\",\"dataType\":\"Int8\",\"value\":-10}],\"parameters\":[{\"name\":\"p\",\"type\":\"String\",\"value\":\"q\"}]}}"
          + "]}";

  @Test
  void aPayloadBecomesJsonWithNamesTypesAndValues() throws ViewException {
    assertThat(through(SparkplugView::decode, SAMPLE)).isEqualTo(JSON);
  }

  @Test
  void itsJsonBecomesAPayloadThatSaysTheSame() throws ViewException {
    byte[] made = SparkplugView.encode(text(JSON));

    assertThat(through(SparkplugView::decode, made)).isEqualTo(JSON);
    assertThat(SparkplugView.encode(text("{\"timestamp\":1486144502122,\"metrics\":[]}")))
        .isEqualTo(hex("08eaf2f5a8a02b"));
  }

  @Test
  void aMetricWithoutATypeIsShownAllTheSame() throws ViewException {
    assertThat(through(SparkplugView::decode, hex("1206 1002 58 9601 ".replace("06", "05"))))
        .isEqualTo("{\"metrics\":[{\"alias\":2,\"value\":150}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|an object expected, but found []",
        "{\"metrics\":[{\"name\":\"a\",\"value\":1}]}|/metrics/0/dataType: the name of a type is missing, such as Int32",
        "{\"metrics\":[{\"dataType\":\"Int3\",\"value\":1}]}|/metrics/0/dataType: Sparkplug has no type \"Int3\"",
        "{\"metrics\":[{\"dataType\":\"Int8\",\"value\":128}]}|/metrics/0/value: 128 is too large for its type",
        "{\"metrics\":[{\"dataType\":\"Int32\",\"value\":\"x\"}]}|/metrics/0/int_value: a whole number of 32 bits expected, but found \"x\"",
        "{\"sequence\":1}|/sequence: sparkplug.Payload has no such field",
      })
  void jsonThatIsNoPayloadIsRefusedWithThePlace(String json, String reason) {
    assertThatThrownBy(() -> SparkplugView.encode(text(json)))
        .isInstanceOf(ViewException.class)
        .hasMessage(reason);
  }

  @Property
  void noBytesBreakIt(@ForAll byte[] payload) {
    try {
      assertThat(SparkplugView.decode(payload)).isNotEmpty();
    } catch (ViewException expected) {
      assertThat(expected.getMessage()).startsWith("it is no sparkplug.Payload: ");
    }
  }
}
