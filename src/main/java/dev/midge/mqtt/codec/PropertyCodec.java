package dev.midge.mqtt.codec;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The property block of MQTT 5 (2.2.2): its length and the properties in their order. */
final class PropertyCodec {
  private PropertyCodec() {}

  /**
   * Reads a block; its cost is linear in its bytes.
   *
   * @param place one of the bits of {@link Property.Place}
   */
  static Properties read(FieldReader in, int place) throws MalformedPacketException {
    return read(in, place, ReasonCode.PROTOCOL_ERROR);
  }

  /**
   * Reads a block.
   *
   * @param misplaced the reason code for a property that has no business in this place
   */
  static Properties read(FieldReader in, int place, int misplaced) throws MalformedPacketException {
    int length = in.variableByteInteger();
    if (length == 0) {
      return Properties.NONE;
    }
    int mark = in.enter(length);
    List<Properties.Entry> entries = new ArrayList<>();
    while (in.hasMore()) {
      entries.add(entry(in));
    }
    in.leave(mark);
    // Only a block that can be read to its end is judged by what it says.
    check(entries, place, misplaced);
    return Properties.of(entries);
  }

  static int size(Properties properties) {
    int length = length(properties);
    return FieldWriter.sizeOfVariableByteInteger(length) + length;
  }

  static void write(ByteBuffer into, Properties properties) {
    FieldWriter.variableByteInteger(into, length(properties));
    List<Properties.Entry> entries = properties.entries();
    for (int i = 0; i < entries.size(); i++) {
      write(into, entries.get(i));
    }
  }

  private static Properties.Entry entry(FieldReader in) throws MalformedPacketException {
    int identifier = in.variableByteInteger();
    Property property = Property.ofIdentifier(identifier);
    if (property == null) {
      throw in.fault("unknown property " + identifier);
    }
    return new Properties.Entry(
        property,
        switch (property.type()) {
          case BYTE -> (Object) (long) in.oneByte();
          case TWO_BYTE_INTEGER -> (long) in.twoBytes();
          case FOUR_BYTE_INTEGER -> in.fourBytes();
          case VARIABLE_BYTE_INTEGER -> (long) in.variableByteInteger();
          case UTF8_STRING -> in.string();
          case BINARY -> in.binary();
          case UTF8_STRING_PAIR -> new Properties.Pair(in.string(), in.string());
        });
  }

  private static void check(List<Properties.Entry> entries, int place, int misplaced)
      throws MalformedPacketException {
    long seen = 0;
    for (Properties.Entry entry : entries) {
      Property property = entry.property();
      if (!property.allowedIn(place)) {
        throw new MalformedPacketException(
            misplaced, property.propertyName() + " has no place here");
      }
      long bit = 1L << property.ordinal();
      if ((seen & bit) != 0 && !property.repeatable(place)) {
        throw protocolError(property, "given twice");
      }
      seen |= bit;
      checkValue(property, entry.value(), place);
    }
    boolean data = (seen & 1L << Property.AUTHENTICATION_DATA.ordinal()) != 0;
    boolean method = (seen & 1L << Property.AUTHENTICATION_METHOD.ordinal()) != 0;
    if (data && !method) {
      throw protocolError(Property.AUTHENTICATION_DATA, "without a method");
    }
  }

  private static void checkValue(Property property, Object value, int place)
      throws MalformedPacketException {
    switch (property) {
      case RECEIVE_MAXIMUM, MAXIMUM_PACKET_SIZE, TOPIC_ALIAS, SUBSCRIPTION_IDENTIFIER -> {
        if ((Long) value == 0) {
          throw protocolError(property, "0"); // [MQTT-3.3.2-8]
        }
      }
      case RESPONSE_TOPIC -> {
        // Whether PUBLISH may have an empty one depends on who reads it.
        boolean open = place == Property.Place.PUBLISH && ((String) value).isEmpty();
        if (!open && !Topics.isValidName((String) value)) {
          throw protocolError(property, "no topic name"); // [MQTT-3.3.2-14]
        }
      }
      default -> {
        if (property.type() == Property.Type.BYTE && (Long) value > 1) {
          throw protocolError(property, "neither 0 nor 1");
        }
      }
    }
  }

  private static MalformedPacketException protocolError(Property property, String what) {
    return new MalformedPacketException(
        ReasonCode.PROTOCOL_ERROR, property.propertyName() + ": " + what);
  }

  private static int length(Properties properties) {
    int length = 0;
    List<Properties.Entry> entries = properties.entries();
    for (int i = 0; i < entries.size(); i++) {
      Properties.Entry entry = entries.get(i);
      Object value = entry.value();
      length = Math.addExact(length, 1 + sizeOfValue(entry.property().type(), value));
    }
    return length;
  }

  private static int sizeOfValue(Property.Type type, Object value) {
    return switch (type) {
      case BYTE -> 1;
      case TWO_BYTE_INTEGER -> 2;
      case FOUR_BYTE_INTEGER -> 4;
      case VARIABLE_BYTE_INTEGER -> FieldWriter.sizeOfVariableByteInteger((Long) value);
      case UTF8_STRING -> FieldWriter.sizeOfString((String) value);
      case BINARY -> FieldWriter.sizeOfBinary((byte[]) value);
      case UTF8_STRING_PAIR -> {
        Properties.Pair pair = (Properties.Pair) value;
        yield FieldWriter.sizeOfString(pair.key()) + FieldWriter.sizeOfString(pair.value());
      }
    };
  }

  private static void write(ByteBuffer into, Properties.Entry entry) {
    Object value = entry.value();
    // Every identifier that MQTT 5 defines is below 128, so one byte long.
    into.put((byte) entry.property().identifier());
    switch (entry.property().type()) {
      case BYTE -> into.put(((Long) value).byteValue());
      case TWO_BYTE_INTEGER -> FieldWriter.twoBytes(into, ((Long) value).intValue());
      case FOUR_BYTE_INTEGER -> FieldWriter.fourBytes(into, (Long) value);
      case VARIABLE_BYTE_INTEGER ->
          FieldWriter.variableByteInteger(into, ((Long) value).intValue());
      case UTF8_STRING -> FieldWriter.string(into, (String) value);
      case BINARY -> FieldWriter.binary(into, (byte[]) value);
      case UTF8_STRING_PAIR -> {
        Properties.Pair pair = (Properties.Pair) value;
        FieldWriter.string(into, pair.key());
        FieldWriter.string(into, pair.value());
      }
    }
  }
}
