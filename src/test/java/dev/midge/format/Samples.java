package dev.midge.format;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The messages and the moment that the tests of this room print. */
final class Samples {
  /** Monday, quarter past seven in the morning. */
  static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T07:15:45.068629692Z"), ZoneId.of("UTC"));

  static final Properties PROPERTIES =
      Properties.builder()
          .add(Property.SUBSCRIPTION_IDENTIFIER, 7)
          .add(Property.SUBSCRIPTION_IDENTIFIER, 8)
          .add(Property.CONTENT_TYPE, "text")
          .userProperty("k", "v")
          .add(Property.RESPONSE_TOPIC, "r/t")
          .add(Property.CORRELATION_DATA, bytes("abc"))
          .userProperty("k", "v 2")
          .add(Property.PAYLOAD_FORMAT_INDICATOR, 1)
          .add(Property.MESSAGE_EXPIRY_INTERVAL, 4_000_000_000L)
          .add(Property.TOPIC_ALIAS, 12)
          .build();

  private Samples() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** QoS 1, not retained, packet identifier 5. */
  static ReceivedMessage received(String payload) {
    return received(bytes(payload));
  }

  static ReceivedMessage received(byte[] payload) {
    return new ReceivedMessage(Message.of("a/b", payload, Qos.AT_LEAST_ONCE, false), 5, false);
  }

  static ReceivedMessage receivedWithProperties(String payload) {
    return received(bytes(payload), PROPERTIES);
  }

  static ReceivedMessage receivedWithCorrelationData(byte[] payload, byte[] data) {
    return received(payload, Properties.builder().add(Property.CORRELATION_DATA, data).build());
  }

  private static ReceivedMessage received(byte[] payload, Properties properties) {
    return new ReceivedMessage(received(payload).message().withProperties(properties), 5, false);
  }

  /** What was printed, and what was complained about. */
  record Printed(byte[] bytes, List<String> complaints) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  static Printer.Style format(String template) {
    return new Printer.Style(template, false, true, false);
  }

  static Printer.Style prettyFormat(String template) {
    return new Printer.Style(template, false, true, true);
  }

  static Printed print(Printer.Style style, ReceivedMessage received) throws FormatException {
    return print(style, CLOCK, received);
  }

  static Printed print(Printer.Style style, Clock clock, ReceivedMessage received)
      throws FormatException {
    List<String> complaints = new ArrayList<>();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Printer.of(style, clock, complaints::add).print(received, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Printed(out.toByteArray(), complaints);
  }
}
