package dev.midge.view.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.midge.format.JsonWriter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes messages by the JSON mapping of proto3. */
final class ProtoJsonWriter implements ProtoOutput {
  private final JsonWriter json;

  ProtoJsonWriter(JsonWriter json) {
    this.json = json;
  }

  /** Writes a message: an object, or the form that some types of {@code google.protobuf} have. */
  void message(Message message) {
    WellKnown form = WellKnown.of(message.getDescriptorForType());
    if (form != null) {
      form.write(message, this);
    } else {
      object(message);
    }
  }

  private void object(Message message) {
    json.beginObject();
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      json.key(name(field.getKey()));
      field(field.getKey(), field.getValue());
    }
    unknown(message.getUnknownFields());
    json.endObject();
  }

  private static String name(FieldDescriptor field) {
    return field.isExtension() ? "[" + field.getFullName() + "]" : field.getJsonName();
  }

  @Override
  public void field(FieldDescriptor field, Object value) {
    if (field.isMapField()) {
      json.beginObject();
      FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
      FieldDescriptor each = field.getMessageType().findFieldByNumber(2);
      for (Object entry : (List<?>) value) {
        Message pair = (Message) entry;
        json.key(String.valueOf(unsigned(key, pair.getField(key))));
        single(each, pair.getField(each));
      }
      json.endObject();
    } else if (field.isRepeated()) {
      json.beginArray();
      ((List<?>) value).forEach(each -> single(field, each));
      json.endArray();
    } else {
      single(field, value);
    }
  }

  /** Returns a key, a number without a sign as such. */
  private static Object unsigned(FieldDescriptor field, Object value) {
    return switch (field.getType()) {
      case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) value);
      case UINT64, FIXED64 -> Long.toUnsignedString((Long) value);
      default -> value;
    };
  }

  @Override
  public void single(FieldDescriptor field, Object value) {
    switch (field.getJavaType()) {
      case INT -> json.literal(String.valueOf(unsigned(field, value)));
      // As text, for many programs lose digits of such numbers.
      case LONG -> json.string(String.valueOf(unsigned(field, value)));
      case FLOAT -> decimal(value.toString(), Float.isFinite((Float) value));
      case DOUBLE -> decimal(value.toString(), Double.isFinite((Double) value));
      case BOOLEAN -> json.literal(value.toString());
      case STRING -> json.string((String) value);
      case BYTE_STRING -> bytes((ByteString) value);
      case ENUM -> enumerated((EnumValueDescriptor) value);
      case MESSAGE -> message((Message) value);
    }
  }

  private void decimal(String text, boolean finite) {
    if (finite) {
      json.literal(text);
    } else {
      json.string(text); // NaN, Infinity, -Infinity
    }
  }

  private void bytes(ByteString bytes) {
    json.string(Base64.getEncoder().encodeToString(bytes.toByteArray()));
  }

  private void enumerated(EnumValueDescriptor value) {
    if (value.getType().findValueByNumber(value.getNumber()) == null) {
      json.number(value.getNumber());
    } else if (value.getType().getFullName().equals("google.protobuf.NullValue")) {
      json.string(null);
    } else {
      json.string(value.getName());
    }
  }

  @Override
  public void text(@Nullable String text) {
    json.string(text);
  }

  @Override
  public void array(List<?> messages) {
    json.beginArray();
    messages.forEach(each -> message((Message) each));
    json.endArray();
  }

  /** Fields that the type does not have, each by its number, in the form in which they came. */
  private void unknown(UnknownFieldSet fields) {
    fields
        .asMap()
        .forEach(
            (number, field) -> {
              json.key(String.valueOf(number));
              json.beginArray();
              field.getVarintList().forEach(each -> json.literal(Long.toUnsignedString(each)));
              field.getFixed32List().forEach(each -> json.literal(Integer.toUnsignedString(each)));
              field.getFixed64List().forEach(each -> json.literal(Long.toUnsignedString(each)));
              field.getLengthDelimitedList().forEach(this::bytes);
              field.getGroupList().forEach(this::group);
              json.endArray();
            });
  }

  private void group(UnknownFieldSet fields) {
    json.beginObject();
    unknown(fields);
    json.endObject();
  }
}
