package dev.midge.view.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.midge.view.Base64View;
import dev.midge.view.ViewException;
import dev.midge.view.json.JsonDocument;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes messages of JSON by the JSON mapping of proto3; fields may have their own names too. */
final class ProtoJsonReader implements ProtoInput {
  private static final int MOST_CHARACTERS = 60;

  /**
   * Returns the message of a type.
   *
   * @param value as {@link JsonDocument} reads it
   * @param path where it stands, for complaints
   */
  Message message(Descriptor type, @Nullable Object value, String path) throws ViewException {
    WellKnown form = WellKnown.of(type);
    if (form != null) {
      return form.read(type, value, path, this);
    }
    if (!(value instanceof Map<?, ?> object)) {
      throw wrong(path, "an object", value);
    }
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (Map.Entry<?, ?> member : object.entrySet()) {
      String name = (String) member.getKey();
      String at = path + "/" + name;
      FieldDescriptor field = find(type, name);
      if (field == null) {
        throw new ViewException(at + ": " + type.getFullName() + " has no such field");
      }
      if (member.getValue() != null || isNullable(field)) {
        field(message, field, member.getValue(), at);
      }
    }
    if (!message.isInitialized()) {
      throw new ViewException(
          (path.isEmpty() ? "" : path + ": ")
              + "required fields are missing: "
              + String.join(", ", message.findInitializationErrors()));
    }
    return message.build();
  }

  private static @Nullable FieldDescriptor find(Descriptor type, String name) {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJsonName().equals(name) || field.getName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  /** Tells whether null is a value, and not that there is none. */
  private static boolean isNullable(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !field.isRepeated()
        && field.getMessageType().getFullName().equals("google.protobuf.Value");
  }

  @Override
  public void field(
      DynamicMessage.Builder message, FieldDescriptor field, @Nullable Object value, String path)
      throws ViewException {
    if (field.isMapField()) {
      map(message, field, value, path);
    } else if (field.isRepeated()) {
      if (!(value instanceof List<?> list)) {
        throw wrong(path, "an array", value);
      }
      int index = 0;
      for (Object each : list) {
        message.addRepeatedField(field, single(field, each, path + "/" + index++));
      }
    } else {
      message.setField(field, single(field, value, path));
    }
  }

  private void map(
      DynamicMessage.Builder message, FieldDescriptor field, @Nullable Object value, String path)
      throws ViewException {
    if (!(value instanceof Map<?, ?> object)) {
      throw wrong(path, "an object", value);
    }
    FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor each = field.getMessageType().findFieldByNumber(2);
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      String at = path + "/" + entry.getKey();
      message.addRepeatedField(
          field,
          DynamicMessage.newBuilder(field.getMessageType())
              .setField(key, key(key, (String) entry.getKey(), at))
              .setField(each, single(each, entry.getValue(), at))
              .build());
    }
  }

  private Object key(FieldDescriptor key, String text, String path) throws ViewException {
    if (key.getJavaType() == FieldDescriptor.JavaType.BOOLEAN) {
      return text.equals("true");
    }
    return single(key, text, path);
  }

  @Override
  public Object single(FieldDescriptor field, @Nullable Object value, String path)
      throws ViewException {
    return switch (field.getType()) {
      case INT32, SINT32, SFIXED32 -> integer(value, 31, true, path).intValue();
      case UINT32, FIXED32 -> integer(value, 32, false, path).intValue();
      case INT64, SINT64, SFIXED64 -> integer(value, 63, true, path).longValue();
      case UINT64, FIXED64 -> integer(value, 64, false, path).longValue();
      case FLOAT -> (float) decimal(value, path);
      case DOUBLE -> decimal(value, path);
      case BOOL -> truth(value, path);
      case STRING -> text(value, path);
      case BYTES -> bytes(value, path);
      case ENUM -> enumerated(field.getEnumType(), value, path);
      case MESSAGE, GROUP -> message(field.getMessageType(), value, path);
    };
  }

  private BigInteger integer(@Nullable Object value, int bits, boolean signed, String path)
      throws ViewException {
    try {
      BigInteger number =
          value instanceof BigInteger whole
              ? whole
              : value instanceof BigDecimal decimal
                  ? decimal.toBigIntegerExact()
                  : new BigInteger(digits(value, path));
      if (number.bitLength() <= bits && (signed || number.signum() >= 0)) {
        return number;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Told below.
    }
    throw wrong(path, "a whole number of " + (signed ? bits + 1 : bits) + " bits", value);
  }

  /** Returns text that is not so long that a number of it would take its time. */
  private String digits(@Nullable Object value, String path) throws ViewException {
    String text = text(value, path);
    return text.length() <= MOST_CHARACTERS ? text : "";
  }

  private double decimal(@Nullable Object value, String path) throws ViewException {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    try {
      return Double.parseDouble(text(value, path));
    } catch (NumberFormatException e) {
      throw wrong(path, "a number", value);
    }
  }

  private boolean truth(@Nullable Object value, String path) throws ViewException {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw wrong(path, "true or false", value);
  }

  private String text(@Nullable Object value, String path) throws ViewException {
    if (value instanceof String text) {
      return text;
    }
    throw wrong(path, "text", value);
  }

  private ByteString bytes(@Nullable Object value, String path) throws ViewException {
    byte[] base64 = text(value, path).getBytes(StandardCharsets.UTF_8);
    try {
      return ByteString.copyFrom(Base64View.decode(base64));
    } catch (ViewException e) {
      throw wrong(path, "base64", value);
    }
  }

  private EnumValueDescriptor enumerated(EnumDescriptor type, @Nullable Object value, String path)
      throws ViewException {
    EnumValueDescriptor found = null;
    if (value instanceof BigInteger number && number.bitLength() < Integer.SIZE) {
      found = type.findValueByNumberCreatingIfUnknown(number.intValue());
    } else if (value instanceof String name) {
      found = type.findValueByName(name);
    } else if (value == null) {
      found = type.findValueByNumber(0); // google.protobuf.NullValue
    }
    if (found == null) {
      throw wrong(path, "a value of " + type.getFullName(), value);
    }
    return found;
  }

  @Override
  public ViewException wrong(String path, String wanted, @Nullable Object value) {
    String found = JsonDocument.text(value, true);
    String shown =
        found.length() <= MOST_CHARACTERS ? found : found.substring(0, MOST_CHARACTERS) + "...";
    return new ViewException(
        (path.isEmpty() ? "" : path + ": ") + wanted + " expected, but found " + shown);
  }
}
