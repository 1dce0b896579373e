package dev.midge.format;

import static dev.midge.format.Samples.bytes;
import static dev.midge.format.Samples.format;
import static dev.midge.format.Samples.prettyFormat;
import static dev.midge.format.Samples.print;
import static dev.midge.format.Samples.received;
import static dev.midge.format.Samples.receivedWithCorrelationData;
import static dev.midge.format.Samples.receivedWithProperties;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code %j} and {@code %J}. */
class JsonMessageTest {
  private static final String BEFORE =
      "{\"tst\":\"2026-11-23T07:15:45.068629+0000\",\"topic\":\"a/b\",\"qos\":1,\"retain\":false,"
          + "\"payloadlen\":";

  @Test
  void aMessageIsOneObject() throws Exception {
    assertThat(print(format("<%j>"), received("message")).text())
        .isEqualTo("<" + BEFORE + "7,\"mid\":5,\"payload\":\"message\"}>");
  }

  @Test
  void qos0HasNoMid() throws Exception {
    Message message = Message.of("a/b", bytes("x"), Qos.AT_MOST_ONCE, true);
    assertThat(print(format("%5.2:j"), new ReceivedMessage(message, 0, false)).text())
        .endsWith("\"qos\":0,\"retain\":true,\"payloadlen\":1,\"payload\":\"x\"}");
  }

  @Test
  void propertiesKeepTheirOrderAndUserPropertiesAreOneArray() throws Exception {
    assertThat(print(format("%j"), receivedWithProperties("x")).text())
        .endsWith(
            "\"mid\":5,\"properties\":{\"subscription-identifier\":7,\"subscription-identifier\":8,"
                + "\"content-type\":\"text\",\"user-properties\":[{\"k\":\"v\"},{\"k\":\"v 2\"}],"
                + "\"response-topic\":\"r/t\",\"correlation-data\":\"abc\","
                + "\"payload-format-indicator\":1,\"message-expiry-interval\":4000000000,"
                + "\"topic-alias\":12},\"payload\":\"x\"}");
  }

  @Test
  void correlationDataIsTextUpToItsFirstNul() throws Exception {
    byte[] data = {'a', (byte) 0xFF, 0, 'b'};
    assertThat(print(format("%j"), receivedWithCorrelationData(bytes("x"), data)).text())
        .contains("\"correlation-data\":\"a\uFFFD\"}");
  }

  @Test
  void anEmptyPayloadIsNull() throws Exception {
    assertThat(print(format("%j"), received("")).text())
        .isEqualTo(BEFORE + "0,\"mid\":5,\"payload\":null}");
    assertThat(print(format("%J"), received("")).text())
        .isEqualTo(BEFORE + "0,\"mid\":5,\"payload\":null}");
  }

  @Test
  void aPayloadAsTextIsEscaped() throws Exception {
    String payload = "\" \\ / \b\f\n\r\t\u0001\u001f\u007f é€😀";
    assertThat(print(format("%j"), received(payload)).text())
        .endsWith("\"payload\":\"\\\" \\\\ / \\b\\f\\n\\r\\t\\u0001\\u001f\u007f é€😀\"}");
  }

  @Test
  void aPayloadAsTextEndsAtItsFirstNulAndHasReplacementCharacters() throws Exception {
    byte[] payload = {'a', (byte) 0xC3, 'b', (byte) 0xFF, 0, 'c'};
    assertThat(print(format("%j"), received(payload)).text())
        .isEqualTo(BEFORE + "6,\"mid\":5,\"payload\":\"a\uFFFDb\uFFFD\"}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '\u00A6',
      value = {
        "true¦true",
        "false¦false",
        "null¦null",
        "\"x\"¦\"x\"",
        "` \t\r\n1 \t\r\n `¦1",
        "{}¦{}",
        "[]¦[]",
        "{ \"a\" : 1 , \"b\" : [ 1 , { \"c\" : null } ] }¦{\"a\":1,\"b\":[1,{\"c\":null}]}",
        "{\"a\":1,\"a\":2}¦{\"a\":1,\"a\":2}",
        "\"\\u00e9\\ud83d\\ude00\\/\\\"\\\\\\u0000\\u001F\"¦\"é😀/\\\"\\\\\\u0000\\u001f\"",
        // numbers
        "0¦0",
        "-0¦-0",
        "-7¦-7",
        "1.0¦1",
        "1e3¦1000",
        "1E+3¦1000",
        "1.50¦1.5",
        "123456789012345¦123456789012345",
        "1e14¦100000000000000",
        "1e15¦1e+15",
        "1000000000000000¦1e+15",
        "1e100¦1e+100",
        "12345678901234567890¦1.2345678901234567e+19",
        "9007199254740993¦9007199254740992",
        "0.1¦0.1",
        "0.30000000000000004¦0.30000000000000004",
        "3.141592653589793¦3.1415926535897931",
        "0.0001¦0.0001",
        "0.00001¦1e-05",
        "-1.5e-7¦-1.5e-07",
        "0.0¦0",
        "5e-324¦4.94065645841247e-324",
        "1.7976931348623157e308¦1.7976931348623157e+308",
        "1e400¦null",
        // lenient as cJSON
        "`\"a\nb\u0001\"`¦\"a\\nb\\u0001\"",
        "01¦1",
        "-01¦-1",
        "00¦0",
        "1.¦1",
        "-1.¦-1",
        "-.5¦-0.5",
        "1.e3¦1000",
        "[01,2.]¦[1,2]",
        "`\u000B1\u000C\u0001`¦1",
        "`[\u000B]`¦[]",
        "`{\"a\nb\"\u000B:\u000C1}`¦{\"a\\nb\":1}",
      })
  void aJsonPayloadIsPrintedAgain(String payload, String expected) throws Exception {
    assertThat(print(format("%J"), received(payload)).text())
        .isEqualTo(BEFORE + bytes(payload).length + ",\"mid\":5,\"payload\":" + expected + "}");
  }

  @Test
  void aByteOrderMarkIsSkipped() throws Exception {
    assertThat(print(format("%J"), received("\uFEFF[1]")).text()).endsWith("\"payload\":[1]}");
  }

  @Test
  void whatIsNotUtf8InAJsonPayloadIsReplaced() throws Exception {
    byte[] payload = {'"', 'a', (byte) 0xFF, '"'};
    assertThat(print(format("%J"), received(payload)).text()).endsWith("\"payload\":\"a\uFFFD\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "x",
        "nul",
        "truex",
        "1 2",
        "1,2",
        "[1,2",
        "[1,]",
        "[1]]",
        "{\"a\"}",
        "{\"a\":1,}",
        "{a:1}",
        "'x'",
        "\"x",
        "\"\\x\"",
        "+1",
        ".5",
        "-",
        "1e",
        "NaN",
        "Infinity",
        "0x1",
        "1.2.3",
        "1-2",
        "--1",
        "1e5.5",
        "[,1]",
        "[1\"a\"]",
        "\"\\ud800\"",
        "\"\\ude00\"",
        "\"\\ud83d\\u0041\"",
        "\"\\u12\"",
        "\"\\uZZZZ\"",
        "\"\\",
        "/**/1",
        "1#",
        "{} {}",
        "[1 2]",
        "1\0"
      })
  void anythingElseIsReportedAndTheRestStillPrints(String payload) throws Exception {
    Samples.Printed printed =
        print(new Printer.Style("<%J%l>", false, false, false), received(payload));
    assertThat(printed.text()).isEqualTo("<" + payload.length() + ">\n");
    assertThat(printed.complaints())
        .containsExactly("Error: Message payload is not valid JSON on topic a/b.");
  }

  @Test
  void aThousandLevelsAreReadAndNoMore() throws Exception {
    String deep = "[".repeat(1000) + "]".repeat(1000);
    assertThat(print(format("%J"), received(deep)).text()).endsWith(deep + "}");
    assertThat(print(format("%J"), received("[" + deep + "]")).complaints()).hasSize(1);
  }

  @Test
  void prettyJsonIsIndentedByTabs() throws Exception {
    String payload = "{\"a\":{},\"b\":[],\"c\":[1,[2,{\"x\":1},{}],{\"y\":[{\"z\":null}]}]}";
    assertThat(print(prettyFormat("%J"), receivedWithProperties(payload)).text())
        .isEqualTo(
            """
            {
            >"tst":>"2026-11-23T07:15:45.068629+0000",
            >"topic":>"a/b",
            >"qos":>1,
            >"retain":>false,
            >"payloadlen":>57,
            >"mid":>5,
            >"properties":>{
            >>"subscription-identifier":>7,
            >>"subscription-identifier":>8,
            >>"content-type":>"text",
            >>"user-properties":>[{
            >>>>"k":>"v"
            >>>}, {
            >>>>"k":>"v 2"
            >>>}],
            >>"response-topic":>"r/t",
            >>"correlation-data":>"abc",
            >>"payload-format-indicator":>1,
            >>"message-expiry-interval":>4000000000,
            >>"topic-alias":>12
            >},
            >"payload":>{
            >>"a":>{
            >>},
            >>"b":>[],
            >>"c":>[1, [2, {
            >>>>>"x":>1
            >>>>}, {
            >>>>}], {
            >>>>"y":>[{
            >>>>>>"z":>null
            >>>>>}]
            >>>}]
            >}
            }"""
                .replace('>', '\t'));
  }

  @Property
  void anyPayloadMakesValidJsonThatSaysTheSame(@ForAll byte[] payload) throws Exception {
    int nul = 0;
    while (nul < payload.length && payload[nul] != 0) {
      nul++;
    }
    String text = new String(Arrays.copyOf(payload, nul), StandardCharsets.UTF_8);
    String last = null;
    try (JsonParser json =
        new JsonFactory().createParser(print(format("%j"), received(payload)).bytes())) {
      while (json.nextToken() != null) {
        if (json.currentToken().isScalarValue()) {
          last = json.getText();
        }
      }
    }
    assertThat(last).isEqualTo(payload.length == 0 ? "null" : text);
  }
}
