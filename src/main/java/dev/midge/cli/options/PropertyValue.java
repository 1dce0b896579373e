package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.RawArguments;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Topics;
import dev.midge.text.Utf8;
import org.jspecify.annotations.Nullable;

/** Reads the value of a property as MQTT carries it. */
final class PropertyValue {
  private static final int MAX_BYTES = 65535;
  private static final long MAX_VARIABLE = 268_435_455;

  /** The numbers of the types in mosquitto's complaints. */
  private static final int VARIABLE = 4;

  private static final int STRING = 6;
  private static final int PAIR = 7;

  private PropertyValue() {}

  /** Returns the value as {@link Property.Type} wants it. */
  static Object parse(Property property, String word, Compatibility compatibility) {
    return switch (property.type()) {
      case BYTE -> number(property, word, 0xFF, compatibility);
      case TWO_BYTE_INTEGER -> number(property, word, 0xFFFF, compatibility);
      case FOUR_BYTE_INTEGER -> number(property, word, 0xFFFFFFFFL, compatibility);
      case VARIABLE_BYTE_INTEGER -> variable(property, word, compatibility);
      case BINARY -> binary(property, word);
      case UTF8_STRING, UTF8_STRING_PAIR -> text(property, word);
    };
  }

  private static Long number(
      Property property, String word, long most, Compatibility compatibility) {
    long number = compatibility.number(word, -1);
    if (number >= 0 && number <= most) {
      return number;
    }
    throw new UsageException(
        "Error: Property value ("
            + compatibility.shownNumber(word, number)
            + ") out of range for property "
            + property.propertyName()
            + ".",
        ": it must be from 0 to " + most + ".");
  }

  private static Long variable(Property property, String word, Compatibility compatibility) {
    Long number = number(property, word, 0xFFFFFFFFL, compatibility);
    if (number > MAX_VARIABLE) {
      throw new UsageException(
          "Error adding property " + property.propertyName() + " " + VARIABLE,
          ": it must be from 1 to 268435455.");
    }
    return number;
  }

  private static byte[] binary(Property property, String word) {
    byte[] bytes = RawArguments.bytes(word);
    if (bytes.length > MAX_BYTES) {
      throw new UsageException(
          "Error: Property value too long for property " + property.propertyName() + ".");
    }
    return bytes;
  }

  static String text(Property property, String word) {
    if (!Utf8.isValid(word) || Utf8.length(word) > MAX_BYTES) {
      int type = property == Property.USER_PROPERTY ? PAIR : STRING;
      throw new UsageException(
          "Error adding property " + property.propertyName() + " " + type,
          ": it must be UTF-8 without control characters, at most 65535 bytes.");
    }
    return word;
  }

  /** Returns the flaw of a value of the right type; null where it has none. */
  static @Nullable String flaw(Property property, Object value) {
    return switch (property) {
      // Zero can only be a mistake [MQTT-3.3.2-8] [MQTT-3.1.2-24] and the like.
      case TOPIC_ALIAS, RECEIVE_MAXIMUM, MAXIMUM_PACKET_SIZE, SUBSCRIPTION_IDENTIFIER ->
          (Long) value == 0 ? property.propertyName() + " must not be 0" : null;
      case PAYLOAD_FORMAT_INDICATOR, REQUEST_PROBLEM_INFORMATION, REQUEST_RESPONSE_INFORMATION ->
          (Long) value > 1 ? property.propertyName() + " must be 0 or 1" : null;
      case RESPONSE_TOPIC ->
          Topics.isValidName((String) value)
              ? null
              : "Invalid response-topic '" + value + "', does it contain '+' or '#'?";
      default -> null;
    };
  }
}
