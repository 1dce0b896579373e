package dev.midge.view.proto;

import dev.midge.view.ViewException;
import dev.midge.view.json.JsonDocument;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes what {@link ProtoJsonReader} takes of the JSON that {@link SparkplugReading} makes. Members
 * that neither knows are left for it to complain about.
 */
final class SparkplugWriting {
  private SparkplugWriting() {}

  static @Nullable Object payload(@Nullable Object json) throws ViewException {
    Map<String, @Nullable Object> payload = object(json, "");
    time(payload);
    metrics(payload, "");
    return payload;
  }

  private static void metrics(Map<String, @Nullable Object> holder, String path)
      throws ViewException {
    replaceEach(holder, "metrics", path, SparkplugWriting::metric);
  }

  private interface Step {
    @Nullable Object of(@Nullable Object json, String path) throws ViewException;
  }

  private static void replaceEach(
      Map<String, @Nullable Object> holder, String name, String path, Step step)
      throws ViewException {
    if (holder.get(name) instanceof List<?> list) {
      List<@Nullable Object> made = new ArrayList<>();
      for (Object each : list) {
        made.add(step.of(each, path + "/" + name + "/" + made.size()));
      }
      holder.put(name, made);
    }
  }

  private static @Nullable Object metric(@Nullable Object json, String path) throws ViewException {
    Map<String, @Nullable Object> metric = object(json, path);
    time(metric);
    if (metric.containsKey("properties")) {
      metric.put("properties", properties(metric.get("properties"), path + "/properties"));
    }
    typed(metric, "dataType", "datatype", path);
    return metric;
  }

  private static @Nullable Object parameter(@Nullable Object json, String path)
      throws ViewException {
    Map<String, @Nullable Object> parameter = object(json, path);
    typed(parameter, "type", "type", path);
    return parameter;
  }

  private static Map<String, @Nullable Object> properties(@Nullable Object json, String path)
      throws ViewException {
    List<@Nullable Object> keys = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (Map.Entry<String, @Nullable Object> each : object(json, path).entrySet()) {
      keys.add(each.getKey());
      values.add(parameter(each.getValue(), path + "/" + each.getKey()));
    }
    Map<String, @Nullable Object> set = new LinkedHashMap<>();
    set.put("keys", keys);
    set.put("values", values);
    return set;
  }

  /** Puts the number of a type in the place of its name, and its value into the field for it. */
  private static void typed(
      Map<String, @Nullable Object> of, String name, String field, String path)
      throws ViewException {
    if (!(of.remove(name) instanceof String word)) {
      throw new ViewException(path + "/" + name + ": the name of a type is missing, such as Int32");
    }
    SparkplugType type = type(word, path + "/" + name);
    of.put(field, BigInteger.valueOf(type.ordinal()));
    if (!of.containsKey("value")) {
      return;
    }
    Object value = of.remove("value");
    if (value == null) {
      of.put("is_null", true);
    } else {
      of.put(type.field(), value(value, type, path + "/value"));
    }
  }

  private static SparkplugType type(@Nullable Object word, String path) throws ViewException {
    SparkplugType type = word instanceof String name ? SparkplugType.of(name) : null;
    if (type == null || type == SparkplugType.UNKNOWN) {
      throw new ViewException(path + ": Sparkplug has no type " + JsonDocument.text(word, true));
    }
    return type;
  }

  private static @Nullable Object value(@Nullable Object value, SparkplugType type, String path)
      throws ViewException {
    return switch (type) {
      case INT8 -> bits(ranged(value, 7, path), 32);
      case INT16 -> bits(ranged(value, 15, path), 32);
      case INT32 -> bits(ranged(value, 31, path), 32);
      case INT64 -> bits(ranged(value, 63, path), 64);
      case UINT8 -> ranged(value, 8, path);
      case UINT16 -> ranged(value, 16, path);
      case DATE_TIME -> millis(value);
      case DATA_SET -> dataSet(value, path);
      case TEMPLATE -> template(value, path);
      case PROPERTY_SET -> properties(value, path);
      case PROPERTY_SET_LIST -> {
        Map<String, @Nullable Object> list = new LinkedHashMap<>();
        list.put("propertyset", value);
        replaceEach(list, "propertyset", path, SparkplugWriting::properties);
        yield list;
      }
      default -> value;
    };
  }

  private static @Nullable Object ranged(@Nullable Object value, int bits, String path)
      throws ViewException {
    if (value instanceof BigInteger number && number.bitLength() > bits) {
      throw new ViewException(path + ": " + number + " is too large for its type");
    }
    return value;
  }

  /** Negative numbers are sent as the unsigned ones with the same bits. */
  private static @Nullable Object bits(@Nullable Object value, int bits) {
    return value instanceof BigInteger number && number.signum() < 0
        ? number.add(BigInteger.ONE.shiftLeft(bits))
        : value;
  }

  private static void time(Map<String, @Nullable Object> of) {
    if (of.containsKey("timestamp")) {
      of.put("timestamp", millis(of.get("timestamp")));
    }
  }

  /** Returns the milliseconds of a time; what is none stays as it is. */
  private static @Nullable Object millis(@Nullable Object time) {
    if (!(time instanceof String text)) {
      return time;
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return new BigInteger(Long.toUnsignedString(instant.toEpochMilli()));
    } catch (DateTimeException | ArithmeticException e) {
      return time;
    }
  }

  private static Object dataSet(@Nullable Object json, String path) throws ViewException {
    Map<String, @Nullable Object> set = object(json, path);
    List<SparkplugType> types = new ArrayList<>();
    replaceEach(
        set,
        "types",
        path,
        (word, at) -> {
          types.add(type(word, at));
          return BigInteger.valueOf(types.get(types.size() - 1).ordinal());
        });
    set.put("num_of_columns", BigInteger.valueOf(types.size()));
    replaceEach(set, "rows", path, (row, at) -> row(row, types, at));
    return set;
  }

  private static Object row(@Nullable Object json, List<SparkplugType> types, String path)
      throws ViewException {
    if (!(json instanceof List<?> row) || row.size() != types.size()) {
      throw new ViewException(path + ": a row needs an array of " + types.size() + " values");
    }
    List<@Nullable Object> elements = new ArrayList<>();
    for (Object each : row) {
      SparkplugType type = types.get(elements.size());
      Map<String, @Nullable Object> element = new LinkedHashMap<>();
      if (each != null) {
        element.put(type.field(), value(each, type, path + "/" + elements.size()));
      }
      elements.add(element);
    }
    Map<String, @Nullable Object> made = new LinkedHashMap<>();
    made.put("elements", elements);
    return made;
  }

  private static Object template(@Nullable Object json, String path) throws ViewException {
    Map<String, @Nullable Object> template = object(json, path);
    metrics(template, path);
    replaceEach(template, "parameters", path, SparkplugWriting::parameter);
    return template;
  }

  private static Map<String, @Nullable Object> object(@Nullable Object json, String path)
      throws ViewException {
    if (!(json instanceof Map<?, ?> given)) {
      throw new ViewException(
          (path.isEmpty() ? "" : path + ": ")
              + "an object expected, but found "
              + JsonDocument.text(json, true));
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    given.forEach((name, value) -> object.put((String) name, value));
    return object;
  }
}
