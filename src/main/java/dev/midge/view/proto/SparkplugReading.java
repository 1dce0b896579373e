package dev.midge.view.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the JSON of a Sparkplug payload, as maps, lists and values: types by their names, whole
 * numbers with their signs, times as text, data sets as rows.
 */
final class SparkplugReading {
  private SparkplugReading() {}

  static Map<String, @Nullable Object> payload(Message payload) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    time(payload, json);
    copy(payload, "seq", "seq", json);
    copy(payload, "uuid", "uuid", json);
    copy(payload, "body", "body", json);
    json.put("metrics", metrics(payload));
    return json;
  }

  private static List<@Nullable Object> metrics(Message holder) {
    List<@Nullable Object> metrics = new ArrayList<>();
    for (Message each : messages(holder, "metrics")) {
      metrics.add(metric(each));
    }
    return metrics;
  }

  private static Map<String, @Nullable Object> metric(Message metric) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    copy(metric, "name", "name", json);
    copy(metric, "alias", "alias", json);
    time(metric, json);
    SparkplugType type = type(metric, "datatype", "dataType", json);
    copy(metric, "is_historical", "isHistorical", json);
    copy(metric, "is_transient", "isTransient", json);
    Message metadata = message(metric, "metadata");
    if (metadata != null) {
      Map<String, @Nullable Object> data = new LinkedHashMap<>();
      metadata
          .getAllFields()
          .forEach((field, value) -> data.put(field.getJsonName(), scalar(field, value)));
      json.put("metadata", data);
    }
    Message properties = message(metric, "properties");
    if (properties != null) {
      json.put("properties", properties(properties));
    }
    json.put("value", value(metric, type));
    return json;
  }

  private static Map<String, @Nullable Object> properties(Message set) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    List<?> keys = (List<?>) set.getField(field(set, "keys"));
    List<Message> values = messages(set, "values");
    for (int i = 0; i < Math.min(keys.size(), values.size()); i++) {
      Map<String, @Nullable Object> property = new LinkedHashMap<>();
      SparkplugType type = type(values.get(i), "type", "type", property);
      property.put("value", value(values.get(i), type));
      json.put((String) keys.get(i), property);
    }
    return json;
  }

  private static SparkplugType type(
      Message of, String field, String name, Map<String, @Nullable Object> json) {
    FieldDescriptor number = field(of, field);
    if (!of.hasField(number)) {
      return SparkplugType.UNKNOWN;
    }
    int code = (Integer) of.getField(number);
    SparkplugType type = SparkplugType.of(code);
    json.put(
        name,
        type == SparkplugType.UNKNOWN && code != 0
            ? (Object) BigInteger.valueOf(Integer.toUnsignedLong(code))
            : (Object) type.word());
    return type;
  }

  /** Returns the value of a metric, property, parameter or element; null where there is none. */
  private static @Nullable Object value(Message of, SparkplugType type) {
    FieldDescriptor set = of.getOneofFieldDescriptor(of.getDescriptorForType().getOneofs().get(0));
    if (set == null) {
      return null;
    }
    Object value = of.getField(set);
    if (value instanceof Integer number) {
      return integer(number, type);
    }
    if (value instanceof Long number) {
      return whole(number, type);
    }
    if (!(value instanceof Message message)) {
      return scalar(set, value);
    }
    return switch (set.getName()) {
      case "dataset_value" -> dataSet(message);
      case "template_value" -> template(message);
      case "propertyset_value" -> properties(message);
      default -> {
        List<@Nullable Object> sets = new ArrayList<>();
        messages(message, "propertyset").forEach(each -> sets.add(properties(each)));
        yield sets;
      }
    };
  }

  /** Negative numbers come as the unsigned ones with the same bits. */
  private static BigInteger integer(int number, SparkplugType type) {
    return BigInteger.valueOf(
        switch (type) {
          case INT8 -> (byte) number;
          case INT16 -> (short) number;
          case UINT8, UINT16, UINT32 -> Integer.toUnsignedLong(number);
          default -> number;
        });
  }

  private static Object whole(long number, SparkplugType type) {
    return switch (type) {
      case UINT64 -> new BigInteger(Long.toUnsignedString(number));
      case DATE_TIME -> time(number);
      default -> BigInteger.valueOf(number);
    };
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static void time(Message of, Map<String, @Nullable Object> json) {
    FieldDescriptor field = field(of, "timestamp");
    if (of.hasField(field)) {
      json.put("timestamp", time((Long) of.getField(field)));
    }
  }

  private static void copy(
      Message from, String field, String name, Map<String, @Nullable Object> to) {
    FieldDescriptor known = field(from, field);
    if (from.hasField(known)) {
      to.put(name, scalar(known, from.getField(known)));
    }
  }

  private static Object scalar(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case INT -> BigInteger.valueOf(Integer.toUnsignedLong((Integer) value));
      case LONG -> new BigInteger(Long.toUnsignedString((Long) value));
      case FLOAT -> decimal(value.toString());
      case DOUBLE -> decimal(value.toString());
      case BYTE_STRING -> Base64.getEncoder().encodeToString(((ByteString) value).toByteArray());
      default -> value;
    };
  }

  /** Returns a number; NaN and the infinities as text. */
  private static Object decimal(String text) {
    return text.endsWith("N") || text.endsWith("y") ? text : new BigDecimal(text);
  }

  private static Map<String, @Nullable Object> dataSet(Message set) {
    List<SparkplugType> types = new ArrayList<>();
    List<@Nullable Object> words = new ArrayList<>();
    for (Object each : (List<?>) set.getField(field(set, "types"))) {
      SparkplugType type = SparkplugType.of((Integer) each);
      types.add(type);
      words.add(type.word());
    }
    List<@Nullable Object> rows = new ArrayList<>();
    for (Message row : messages(set, "rows")) {
      List<@Nullable Object> elements = new ArrayList<>();
      for (Message each : messages(row, "elements")) {
        int column = elements.size();
        elements.add(
            value(each, column < types.size() ? types.get(column) : SparkplugType.UNKNOWN));
      }
      rows.add(elements);
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("columns", set.getField(field(set, "columns")));
    json.put("types", words);
    json.put("rows", rows);
    return json;
  }

  private static Map<String, @Nullable Object> template(Message template) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    copy(template, "version", "version", json);
    copy(template, "template_ref", "templateRef", json);
    copy(template, "is_definition", "isDefinition", json);
    json.put("metrics", metrics(template));
    List<@Nullable Object> parameters = new ArrayList<>();
    for (Message each : messages(template, "parameters")) {
      Map<String, @Nullable Object> parameter = new LinkedHashMap<>();
      copy(each, "name", "name", parameter);
      SparkplugType type = type(each, "type", "type", parameter);
      parameter.put("value", value(each, type));
      parameters.add(parameter);
    }
    json.put("parameters", parameters);
    return json;
  }

  private static FieldDescriptor field(Message of, String name) {
    return of.getDescriptorForType().findFieldByName(name);
  }

  private static @Nullable Message message(Message of, String name) {
    FieldDescriptor field = field(of, name);
    return of.hasField(field) ? (Message) of.getField(field) : null;
  }

  private static List<Message> messages(Message of, String name) {
    List<Message> messages = new ArrayList<>();
    for (Object each : (List<?>) of.getField(field(of, name))) {
      messages.add((Message) each);
    }
    return messages;
  }
}
