package dev.midge.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code --json}, one object a line. */
class JsonLineTest {
  private static final Instant AT = Instant.parse("2026-11-24T03:04:05.678901234Z");

  @Test
  void everyFieldAndEveryPropertyStandsInOneLine() throws IOException {
    Properties properties =
        Properties.builder()
            .add(Property.PAYLOAD_FORMAT_INDICATOR, 1)
            .userProperty("k", "1")
            .add(Property.SUBSCRIPTION_IDENTIFIER, 7)
            .add(Property.CORRELATION_DATA, new byte[] {(byte) 0xFF, 0})
            .userProperty("k", "2")
            .add(Property.CONTENT_TYPE, "text/plain")
            .add(Property.SUBSCRIPTION_IDENTIFIER, 3)
            .build();
    Message message =
        new Message("a/😀", bytes("ä\n\"\u0085"), Qos.AT_LEAST_ONCE, true, properties);

    assertThat(print(new ReceivedMessage(message, 5, true), ZoneOffset.UTC, false))
        .isEqualTo(
            "{\"time\":\"2026-11-24T03:04:05.678901Z\",\"topic\":\"a/😀\",\"qos\":1,\"retain\":true,"
                + "\"dup\":true,\"packet_id\":5,\"payload\":\"ä\\n\\\"\\u0085\",\"properties\":{"
                + "\"payload_format_indicator\":1,\"user_properties\":[[\"k\",\"1\"],[\"k\",\"2\"]],"
                + "\"subscription_identifiers\":[7,3],\"correlation_data_base64\":\"/wA=\","
                + "\"content_type\":\"text/plain\"}}\n");
  }

  @Test
  void whatIsNotUtf8IsInBase64AndNothingIsAnEmptyString() throws IOException {
    assertThat(print(received(new byte[] {(byte) 0xC3}), ZoneOffset.UTC, false))
        .endsWith(",\"dup\":false,\"payload_base64\":\"ww==\"}\n");
    assertThat(print(received(new byte[0]), ZoneOffset.UTC, false))
        .endsWith(",\"payload\":\"\"}\n");
    assertThat(print(received(new byte[] {0}), ZoneOffset.UTC, false))
        .endsWith(",\"payload\":\"\\u0000\"}\n");
  }

  @Test
  void whatATerminalObeysIsWrittenAsEscapes() throws IOException {
    assertThat(print(received(bytes("\u001b\u009b\u202e\u061c\u007f😀")), ZoneOffset.UTC, false))
        .endsWith(",\"payload\":\"\\u001b\\u009b\\u202e\\u061c\\u007f😀\"}\n");
  }

  @Test
  void theTimeIsRfc3339WithTheOffsetOfThePlace() throws IOException {
    assertThat(print(received(new byte[0]), ZoneId.of("Asia/Kolkata"), false))
        .startsWith("{\"time\":\"2026-11-24T08:34:05.678901+05:30\",");
    assertThat(print(received(new byte[0]), ZoneOffset.ofHours(-5), false))
        .startsWith("{\"time\":\"2026-11-23T22:04:05.678901-05:00\",");
  }

  @Test
  void anEventHasItsFacts() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new JsonEvents(out, Clock.fixed(AT, ZoneOffset.UTC))
        .write("latency", Map.of("seconds", 0.25), Properties.of(Property.RECEIVE_MAXIMUM, 20));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"time\":\"2026-11-24T03:04:05.678901Z\",\"event\":\"latency\",\"seconds\":0.25,"
                + "\"properties\":{\"receive_maximum\":20}}\n");
  }

  private static ReceivedMessage received(byte[] payload) {
    return new ReceivedMessage(Message.of("t", payload, Qos.AT_MOST_ONCE, false), 0, false);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String print(ReceivedMessage received, ZoneId zone, boolean pretty)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Printer.json(Clock.fixed(AT, zone), pretty).print(received, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
