package dev.midge.format;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The specifiers after {@code %}, other than the percent sign itself. */
final class MessageSpecifiers {
  private final TimeSpecifiers time;
  private final boolean pretty;
  private final Consumer<String> complain;

  MessageSpecifiers(TimeSpecifiers time, boolean pretty, Consumer<String> complain) {
    this.time = time;
    this.pretty = pretty;
    this.complain = complain;
  }

  /** Returns the piece for a specifier; null for one that means nothing. */
  @Nullable Segment of(int specifier, Field field) {
    return switch (specifier) {
      case 't' -> (received, out) -> text(received.message().topic(), field, out);
      case 'C' -> string(Property.CONTENT_TYPE, field, true);
      case 'R' -> string(Property.RESPONSE_TOPIC, field, false);
      case 'I' -> (received, out) -> dateAndTime(field, out);
      case 'l' -> (received, out) -> field.number(received.message().payload().length, out);
      case 'm' -> (received, out) -> field.number(received.packetId(), out);
      case 'A' -> number(Property.TOPIC_ALIAS, field);
      case 'E' -> number(Property.MESSAGE_EXPIRY_INTERVAL, field);
      case 'F' -> number(Property.PAYLOAD_FORMAT_INDICATOR, field);
      case 'S' -> number(Property.SUBSCRIPTION_IDENTIFIER, field);
      case 'q' -> (received, out) -> out.put('0' + received.message().qos().level());
      case 'r' -> (received, out) -> out.put(received.message().retain() ? '1' : '0');
      case 'p' -> (received, out) -> field.raw(received.message().payload(), out);
      case 'x' -> (received, out) -> field.hex(received.message().payload(), Field.LOWER_HEX, out);
      case 'X' -> (received, out) -> field.hex(received.message().payload(), Field.UPPER_HEX, out);
      case 'D' -> (received, out) -> correlationData(received.message(), out);
      case 'P' -> (received, out) -> userProperties(received.message(), out);
      case 'U' -> (received, out) -> time.unixTime(out);
      case 'j' -> new JsonMessage(false, pretty, time, complain);
      case 'J' -> new JsonMessage(true, pretty, time, complain);
      case 'f' -> (received, out) -> floatingPoint(received.message(), Float.BYTES, field, out);
      case 'd' -> (received, out) -> floatingPoint(received.message(), Double.BYTES, field, out);
      default -> null;
    };
  }

  private static void text(String text, Field field, ByteBuilder out) {
    int start = out.length();
    out.put(text);
    field.endText(out, start);
  }

  private static Segment string(Property property, Field field, boolean paddedWhenAbsent) {
    return (received, out) -> {
      String text = received.message().properties().text(property);
      if (text != null) {
        text(text, field, out);
      } else if (paddedWhenAbsent) {
        out.fill(' ', field.width());
      }
    };
  }

  private static Segment number(Property property, Field field) {
    return (received, out) -> {
      long number = received.message().properties().number(property, -1);
      if (number >= 0) {
        field.number(number, out);
      } else {
        field.blankNumber(out);
      }
    };
  }

  private void dateAndTime(Field field, ByteBuilder out) {
    int start = out.length();
    time.dateAndTime(out);
    field.endText(out, start);
  }

  private static void correlationData(Message message, ByteBuilder out) {
    byte[] data = message.properties().bytes(Property.CORRELATION_DATA);
    if (data != null) {
      out.put(data);
    }
  }

  private static void userProperties(Message message, ByteBuilder out) {
    boolean first = true;
    for (Properties.Entry entry : message.properties().entries()) {
      if (entry.value() instanceof Properties.Pair pair) {
        if (!first) {
          out.put(' ');
        }
        first = false;
        out.put(pair.key());
        out.put(':');
        out.put(pair.value());
      }
    }
  }

  private void floatingPoint(Message message, int size, Field field, ByteBuilder out) {
    boolean single = size == Float.BYTES;
    byte[] payload = message.payload();
    if (payload.length != size) {
      complain.accept(
          single
              ? "requested float printing, but non-float data received"
              : "requested double printing, but non-double data received");
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.nativeOrder());
    double value = single ? bytes.getFloat() : bytes.getDouble();
    int start = out.length();
    PrintfNumber.fixed(value, field.precision() == Field.NO_PRECISION ? 6 : field.precision(), out);
    if (Double.isFinite(value)) {
      field.endNumber(out, start);
    } else {
      field.pad(out, start, ' ');
    }
  }
}
