package dev.midge.cli.pipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.format.Printer;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded messages, as {@code sub --json} and mosquitto_sub write them. */
class RecordReaderTest {
  private static final Instant AT = Instant.parse("2026-11-29T07:15:45.068629Z");

  private final List<String> warnings = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachByteOfAnyMessageComesBack(boolean pretty) throws IOException {
    Random random = new Random(20261129);
    List<Message> messages = new ArrayList<>();
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    Printer printer = Printer.json(Clock.fixed(AT, ZoneOffset.UTC), pretty);
    for (int i = 0; i < 500; i++) {
      messages.add(message(random, i));
      printer.print(new ReceivedMessage(messages.get(i), i, i % 2 == 0), json);
    }

    List<PipedMessage> read = read(json.toByteArray());

    assertThat(read).extracting(PipedMessage::message).containsExactlyElementsOf(messages);
    assertThat(read).extracting(PipedMessage::time).containsOnly(AT);
  }

  /** Properties stand in the order of {@code --json}: user properties together. */
  private static Message message(Random random, int number) {
    byte[] payload = new byte[random.nextInt(number % 100 == 99 ? 200_000 : 100)];
    random.nextBytes(payload);
    if (number % 3 == 0) {
      payload = ("\0 \u001b \u2028 ä 😀 \"\\ " + number).getBytes(UTF_8);
    }
    byte[] data = new byte[random.nextInt(9)];
    random.nextBytes(data);
    Properties.Builder properties =
        Properties.builder()
            .add(Property.PAYLOAD_FORMAT_INDICATOR, random.nextInt(2))
            .add(Property.CORRELATION_DATA, data)
            .add(Property.MESSAGE_EXPIRY_INTERVAL, random.nextLong(0x1_0000_0000L));
    for (int i = random.nextInt(4); i > 0; i--) {
      properties.userProperty("näme 🔑" + random.nextInt(2), "\"\\").userProperty("", "");
    }
    properties.add(Property.CONTENT_TYPE, "").add(Property.RESPONSE_TOPIC, "a/ü");
    return new Message(
        "🦟/" + number,
        payload,
        Qos.of(number % 3),
        number % 5 == 0,
        number % 7 == 0 ? Properties.NONE : properties.build());
  }

  @Test
  void whatBelongsToTheConnectionAndUnknownNamesArePassedOver() throws IOException {
    assertThat(
            one("{\"topic\":\"a\",\"dup\":true,\"packet_id\":7,\"more\":{\"a\":[1,{}]},\"payload\":\"x\","
                    + "\"properties\":{\"topic_alias\":3,\"subscription_identifiers\":[1,2],\"new\":[[]]}}")
                .message())
        .isEqualTo(Message.of("a", "x".getBytes(UTF_8), Qos.AT_MOST_ONCE, false));
  }

  @Test
  void objectsOfEventsAreNoMessages() throws IOException {
    assertThat(
            read(
                "{\"time\":\"2026-11-29T07:15:45Z\",\"event\":\"latency\",\"seconds\":0.25}"
                    .getBytes(UTF_8)))
        .isEmpty();
  }

  @Test
  void mosquittosFormIsReadToo() throws IOException {
    PipedMessage read =
        one(
            "{\"tst\":\"2026-11-29T06:58:29.719865Z+0000\",\"topic\":\"x/y\",\"qos\":1,\"retain\":1,\"payloadlen\":3,"
                + "\"mid\":1,\"properties\":{\"user-properties\":{\"k\":\"v\",\"k\":\"w\"},\"correlation-data\":\"abc\","
                + "\"content-type\":\"text/plain\",\"message-expiry-interval\":60},\"payload\":\"h\\u00e9\"}");

    assertThat(read.message())
        .isEqualTo(
            new Message(
                "x/y",
                "hé".getBytes(UTF_8),
                Qos.AT_LEAST_ONCE,
                true,
                Properties.builder()
                    .userProperty("k", "v")
                    .userProperty("k", "w")
                    .add(Property.CORRELATION_DATA, "abc".getBytes(UTF_8))
                    .add(Property.CONTENT_TYPE, "text/plain")
                    .add(Property.MESSAGE_EXPIRY_INTERVAL, 60)
                    .build()));
    assertThat(read.time()).isEqualTo("2026-11-29T06:58:29.719865Z");
    assertThat(
            one("{\"topic\":\"a\",\"payload\":null,\"properties\":{\"user-properties\":[{\"k\":\"v\"},{\"k\":\"w\"}]}}")
                .message())
        .isEqualTo(
            Message.empty("a")
                .withProperties(
                    Properties.builder().userProperty("k", "v").userProperty("k", "w").build()));
    assertThat(warnings).isEmpty();
  }

  @Test
  void bytesThatMosquittoWritesAsTheyAreStayBytes() throws IOException {
    byte[] before = "{\"topic\":\"a\",\"payloadlen\":4,\"payload\":\"\\n".getBytes(UTF_8);
    byte[] json = new byte[before.length + 5];
    System.arraycopy(before, 0, json, 0, before.length);
    System.arraycopy(
        new byte[] {(byte) 0xFF, (byte) 0xC3, (byte) 0x80, '"', '}'}, 0, json, before.length, 5);

    assertThat(read(json).get(0).message().payload()).containsExactly('\n', 0xFF, 0xC3, 0x80);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aPayloadThatMosquittoHasCutIsToldOfOnce() throws IOException {
    String cut = "{\"topic\":\"a\",\"payloadlen\":4,\"payload\":\"x\"}\n";

    read((cut + cut).getBytes(UTF_8));

    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("Warning: Line 1 of the standard input has 1 of the 4 bytes of its payload: ");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"payload\":\"\"} | it has no \"topic\".",
        "{\"topic\":\"a\"} | it has neither \"payload\" nor \"payload_base64\"; an empty one is \"\".",
        "{\"topic\":\"\",\"payload\":\"\"} | its topic is empty.",
        "{\"topic\":\"+\",\"payload\":\"\"} | its topic '+' has + or #, which only topic filters may have.",
        "{\"topic\":\"a\\u0000\",\"payload\":\"\"} | its topic is not UTF-8 without control characters.",
        "{\"topic\":7,\"payload\":\"\"} | \"topic\" is 7, and has to be a string.",
        "{\"qos\":3} | \"qos\" is 3, and has to be a whole number from 0 to 2.",
        "{\"qos\":\"1\"} | \"qos\" is \"1\", and has to be a whole number from 0 to 2.",
        "{\"qos\":1.0} | \"qos\" is 1.0, and has to be a whole number from 0 to 2.",
        "{\"qos\":-1} | \"qos\" is -1, and has to be a whole number from 0 to 2.",
        "{\"qos\":99999999999999999999} | \"qos\" is 99999999999999999999, and has to be a whole number from 0 to 2.",
        "{\"retain\":2} | \"retain\" is 2, and has to be true or false.",
        "{\"payload\":{\"a\":1}} | \"payload\" is an object, and has to be a string.",
        "{\"payload\":\"\\udc00\"} | \"payload\" has half a surrogate pair, which is no Unicode.",
        "{\"payload_base64\":\"a\"} | \"payload_base64\" is \"a\", and has to be base64.",
        "{\"payload\":\"\",\"payload_base64\":\"\"} | the payload stands in it twice.",
        "{\"time\":\"noon\"} | \"time\" is \"noon\", and has to be a time such as 2026-11-29T08:30:00.25Z.",
        "{\"properties\":[]} | \"properties\" is a list, and has to be an object.",
        "{\"properties\":{\"user_properties\":[[\"a\"]]}} | \"user_properties\" is a list, and has to be a list of pairs [\"key\",\"value\"].",
        "{\"properties\":{\"user_properties\":\"a=b\"}} | \"user_properties\" is \"a=b\", and has to be a list of pairs [\"key\",\"value\"].",
        "{\"properties\":{\"user_properties\":[[\"a\",\"b\",\"c\"]]}} | \"user_properties\" is \"c\", and has to be a list of pairs [\"key\",\"value\"].",
        "{\"properties\":{\"content_type\":\"a\",\"content-type\":\"b\"}} | \"content-type\" stands in it twice.",
        "{\"properties\":{\"response_topic\":\"#\"}} | \"response_topic\" is \"#\", and has to be a topic name.",
        "{\"properties\":{\"payload_format_indicator\":2}} | \"payload_format_indicator\" is 2, and has to be a whole number from 0 to 1.",
        "{\"properties\":{\"message_expiry_interval\":4294967296}} | \"message_expiry_interval\" is 4294967296, and has to be a whole number from 0 to 4294967295.",
        "{\"properties\":{\"content_type\":\"\\u001b[2J\"}} | \"content_type\" is \"\\x1b[2J\", and has to be UTF-8 without control characters, of at most 65535 bytes.",
        "{\"a\":tru} | it is no JSON: Unrecognized token 'tru': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false').",
        "{\"a\":1] | it is no JSON: Unexpected close marker ']': expected '}'.",
      })
  void aRecordThatIsNoMessageSaysWhatIsWrong(String json, String why) {
    assertThatThrownBy(() -> read(json.getBytes(UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessage("Line 1 of the standard input is no message: " + why);
  }

  @Test
  void theLineIsThatOfTheMistake() {
    assertThatThrownBy(() -> read("\n{\n \"topic\": \"a\",\n \"qos\": 7\n}".getBytes(UTF_8)))
        .hasMessageStartingWith("Line 4 of the standard input is no message: \"qos\" is 7");
  }

  @Test
  void timesAreNotLookedAtWhereNobodyWantsThem() throws IOException {
    RecordReader reader = new RecordReader(false, warnings::add);
    byte[] json = "{\"topic\":\"a\",\"payload\":\"\",\"time\":\"noon\"}".getBytes(UTF_8);

    assertThat(reader.read(json, new JsonObjects(new ByteArrayInputStream(json), "x")).time())
        .isNull();
  }

  private PipedMessage one(String json) throws IOException {
    return read(json.getBytes(UTF_8)).get(0);
  }

  private List<PipedMessage> read(byte[] json) throws IOException {
    Parts parts = new JsonObjects(new ByteArrayInputStream(json), "the standard input");
    RecordReader reader = new RecordReader(true, warnings::add);
    List<PipedMessage> messages = new ArrayList<>();
    for (byte[] each = parts.next(); each != null; each = parts.next()) {
      PipedMessage message = reader.read(each, parts);
      if (message != null) {
        messages.add(message);
      }
    }
    return messages;
  }
}
