package dev.midge.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON as maps, lists, strings, numbers, booleans and null. Knows Jackson, as
 * {@link JsonValue} does.
 */
public final class JsonTree {
  private JsonTree() {}

  /** Returns the object that a text is; null for a text that is not exactly one JSON object. */
  public static @Nullable Map<String, @Nullable Object> object(String text) {
    try (JsonParser parser = JsonValue.parser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Map<String, @Nullable Object> object = object(parser);
      return parser.nextToken() == null ? object : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Returns the value that a text is; the other one for a text that is not exactly one value. */
  public static @Nullable Object value(String text, Object otherwise) {
    try (JsonParser parser = JsonValue.parser(text)) {
      if (parser.nextToken() == null) {
        return otherwise;
      }
      Object value = value(parser);
      return parser.nextToken() == null ? value : otherwise;
    } catch (IOException e) {
      return otherwise;
    }
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT:
        return object(parser);
      case START_ARRAY:
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        return list;
      case VALUE_NUMBER_INT:
        return parser.getBigIntegerValue().bitLength() < Long.SIZE
            ? (Object) parser.getLongValue()
            : (Object) parser.getDoubleValue();
      case VALUE_NUMBER_FLOAT:
        return parser.getDoubleValue();
      case VALUE_TRUE:
        return true;
      case VALUE_FALSE:
        return false;
      case VALUE_NULL:
        return null;
      default:
        return parser.getText();
    }
  }

  /** Returns an object on one line, in ASCII. */
  public static String ascii(Map<String, ?> object) {
    ByteBuilder bytes = new ByteBuilder();
    write(object, JsonWriter.ascii(bytes));
    return bytes.text();
  }

  /** Returns an object on one line, with the characters escaped that a terminal obeys. */
  public static String careful(Map<String, ?> object) {
    ByteBuilder bytes = new ByteBuilder();
    write(object, JsonWriter.careful(bytes, false));
    return bytes.text();
  }

  /** Writes a value; numbers as their {@code toString}, whatever is none of these as a string. */
  public static void write(@Nullable Object value, JsonWriter json) {
    if (value instanceof Map<?, ?> object) {
      json.beginObject();
      object.forEach(
          (name, each) -> {
            json.key(String.valueOf(name));
            write(each, json);
          });
      json.endObject();
    } else if (value instanceof Iterable<?> list) {
      json.beginArray();
      list.forEach(each -> write(each, json));
      json.endArray();
    } else if (value instanceof Number || value instanceof Boolean) {
      json.literal(value.toString());
    } else {
      json.string(value == null ? null : value.toString());
    }
  }
}
