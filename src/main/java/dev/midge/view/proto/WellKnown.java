package dev.midge.view.proto;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.midge.view.ViewException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of {@code google.protobuf} that JSON shows in a form of their own. */
enum WellKnown {
  TIMESTAMP {
    @Override
    void write(Message message, ProtoOutput to) {
      long seconds = (Long) message.getField(field(message, 1));
      int nanos = (Integer) message.getField(field(message, 2));
      try {
        to.text(Instant.ofEpochSecond(seconds, nanos).toString());
      } catch (DateTimeException e) {
        to.text(seconds + "." + nanos + "s since 1970");
      }
    }

    @Override
    Message read(Descriptor type, @Nullable Object value, String path, ProtoInput from)
        throws ViewException {
      try {
        Instant time = OffsetDateTime.parse(String.valueOf(value)).toInstant();
        return pair(type, time.getEpochSecond(), time.getNano());
      } catch (DateTimeException e) {
        throw from.wrong(path, "a time as in 2026-01-31T12:00:00Z", value);
      }
    }
  },
  DURATION {
    @Override
    void write(Message message, ProtoOutput to) {
      BigDecimal seconds = new BigDecimal((Long) message.getField(field(message, 1)));
      BigDecimal nanos = new BigDecimal((Integer) message.getField(field(message, 2)));
      BigDecimal sum = seconds.add(nanos.movePointLeft(9));
      to.text((sum.signum() == 0 ? "0" : sum.stripTrailingZeros().toPlainString()) + "s");
    }

    @Override
    Message read(Descriptor type, @Nullable Object value, String path, ProtoInput from)
        throws ViewException {
      String text = String.valueOf(value);
      if (!text.matches("-?[0-9]{1,12}(\\.[0-9]{1,9})?s")) {
        throw from.wrong(path, "a time span as in 1.5s", value);
      }
      BigDecimal seconds = new BigDecimal(text.substring(0, text.length() - 1));
      BigDecimal whole = new BigDecimal(seconds.toBigInteger());
      return pair(type, whole.longValue(), seconds.subtract(whole).movePointRight(9).intValue());
    }
  },
  /** One field is all there is. */
  WRAPPER {
    @Override
    void write(Message message, ProtoOutput to) {
      FieldDescriptor only = field(message, 1);
      to.single(only, message.getField(only));
    }

    @Override
    Message read(Descriptor type, @Nullable Object value, String path, ProtoInput from)
        throws ViewException {
      FieldDescriptor only = type.findFieldByNumber(1);
      DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
      return message.setField(only, from.single(only, value, path)).build();
    }
  },
  STRUCT {
    @Override
    void write(Message message, ProtoOutput to) {
      FieldDescriptor only = field(message, 1);
      to.field(only, message.getField(only));
    }

    @Override
    Message read(Descriptor type, @Nullable Object value, String path, ProtoInput from)
        throws ViewException {
      DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
      from.field(message, type.findFieldByNumber(1), value, path);
      return message.build();
    }
  },
  LIST {
    @Override
    void write(Message message, ProtoOutput to) {
      to.array((List<?>) message.getField(field(message, 1)));
    }

    @Override
    Message read(Descriptor type, @Nullable Object value, String path, ProtoInput from)
        throws ViewException {
      return STRUCT.read(type, value, path, from);
    }
  },
  VALUE {
    @Override
    void write(Message message, ProtoOutput to) {
      Map<FieldDescriptor, Object> set = message.getAllFields();
      if (set.isEmpty()) {
        to.text(null);
      }
      set.forEach(to::single);
    }

    @Override
    Message read(Descriptor type, @Nullable Object value, String path, ProtoInput from)
        throws ViewException {
      int number =
          value instanceof Number
              ? 2
              : value instanceof String
                  ? 3
                  : value instanceof Boolean
                      ? 4
                      : value instanceof Map ? 5 : value instanceof List ? 6 : 1;
      FieldDescriptor field = type.findFieldByNumber(number);
      DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
      return message.setField(field, from.single(field, value, path)).build();
    }
  };

  /** Returns the form of a type; null for one that is shown as all are. */
  static @Nullable WellKnown of(Descriptor type) {
    return switch (type.getFullName()) {
      case "google.protobuf.Timestamp" -> TIMESTAMP;
      case "google.protobuf.Duration" -> DURATION;
      case "google.protobuf.Struct" -> STRUCT;
      case "google.protobuf.ListValue" -> LIST;
      case "google.protobuf.Value" -> VALUE;
      case "google.protobuf.DoubleValue",
          "google.protobuf.FloatValue",
          "google.protobuf.Int64Value",
          "google.protobuf.UInt64Value",
          "google.protobuf.Int32Value",
          "google.protobuf.UInt32Value",
          "google.protobuf.BoolValue",
          "google.protobuf.StringValue",
          "google.protobuf.BytesValue" ->
          WRAPPER;
      default -> null;
    };
  }

  abstract void write(Message message, ProtoOutput to);

  abstract Message read(Descriptor type, @Nullable Object value, String path, ProtoInput from)
      throws ViewException;

  private static FieldDescriptor field(Message message, int number) {
    return message.getDescriptorForType().findFieldByNumber(number);
  }

  private static Message pair(Descriptor type, long seconds, int nanos) {
    return DynamicMessage.newBuilder(type)
        .setField(type.findFieldByNumber(1), seconds)
        .setField(type.findFieldByNumber(2), nanos)
        .build();
  }
}
