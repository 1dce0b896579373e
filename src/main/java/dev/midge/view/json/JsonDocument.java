package dev.midge.view.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.midge.format.ByteBuilder;
import dev.midge.format.JsonTree;
import dev.midge.format.JsonValue;
import dev.midge.format.JsonWriter;
import dev.midge.text.Utf8;
import dev.midge.view.ViewException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON payload as maps, lists, strings, numbers (BigInteger or BigDecimal, so that none loses a
 * digit), booleans and null. Knows Jackson.
 */
public final class JsonDocument {
  /** The most characters of a number; to compute with longer ones takes more than linear time. */
  private static final int MOST_DIGITS = 1000;

  /** The most digits of a number that are zeros which are not written. */
  private static final int MOST_EXPONENT = 10_000;

  private JsonDocument() {}

  /**
   * Returns the one value that a payload in UTF-8 is. Of members with the same name the last one
   * counts.
   *
   * @throws ViewException for what is not exactly one JSON value, or is deeper than 1000 levels
   */
  public static @Nullable Object read(byte[] payload) throws ViewException {
    try (JsonParser parser = parser(payload)) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new ViewException("more follows the first JSON value");
      }
      return value;
    } catch (IOException e) {
      throw new ViewException(reason(e));
    }
  }

  /** Returns the same JSON on one line, with numbers as they were written. */
  public static byte[] compact(byte[] payload) throws ViewException {
    ByteBuilder bytes = new ByteBuilder();
    JsonWriter json = JsonWriter.plain(bytes);
    int depth = 0;
    boolean begun = false;
    try (JsonParser parser = parser(payload)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (begun && depth == 0) {
          throw new ViewException("more follows the first JSON value");
        }
        begun = true;
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        copy(token, parser, json);
      }
    } catch (IOException e) {
      throw new ViewException(reason(e));
    }
    if (!begun) {
      throw new ViewException("it is empty");
    }
    return bytes.toArray();
  }

  /**
   * Returns a value as JSON text on one line.
   *
   * @param careful whether characters are escaped that JSON lets pass and terminals obey
   */
  public static String text(@Nullable Object value, boolean careful) {
    ByteBuilder bytes = new ByteBuilder();
    JsonTree.write(value, careful ? JsonWriter.careful(bytes, false) : JsonWriter.plain(bytes));
    return bytes.text();
  }

  private static void copy(JsonToken token, JsonParser from, JsonWriter to) throws IOException {
    switch (token) {
      case START_OBJECT -> to.beginObject();
      case END_OBJECT -> to.endObject();
      case START_ARRAY -> to.beginArray();
      case END_ARRAY -> to.endArray();
      case FIELD_NAME -> to.key(from.currentName());
      case VALUE_STRING -> to.string(from.getText());
      default -> to.literal(from.getText());
    }
  }

  private static JsonParser parser(byte[] payload) throws ViewException, IOException {
    String text = Utf8.strictly(payload);
    if (text == null) {
      throw new ViewException("it is not UTF-8");
    }
    return JsonValue.parser(text);
  }

  private static @Nullable Object value(JsonParser parser) throws IOException, ViewException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new ViewException("it is empty");
    }
    switch (token) {
      case START_OBJECT:
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.put(name, value(parser));
        }
        return object;
      case START_ARRAY:
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        return list;
      case VALUE_NUMBER_INT:
        return new BigInteger(number(parser));
      case VALUE_NUMBER_FLOAT:
        return decimal(number(parser));
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

  private static String number(JsonParser parser) throws IOException, ViewException {
    String text = parser.getText();
    if (text.length() > MOST_DIGITS) {
      throw new ViewException("a number has more than " + MOST_DIGITS + " characters");
    }
    return text;
  }

  private static BigDecimal decimal(String text) throws ViewException {
    BigDecimal number = null;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      // Told below.
    }
    if (number == null || Math.abs((long) number.scale()) > MOST_EXPONENT) {
      throw new ViewException("the exponent of a number is too large");
    }
    return number;
  }

  /** Returns the parser's reason on one line, without the place in the source code's terms. */
  private static String reason(IOException e) {
    if (JsonValue.isTooDeep(e)) {
      return JsonValue.TOO_DEEP;
    }
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    String line = String.valueOf(message).lines().findFirst().orElse("");
    String place =
        e instanceof JsonProcessingException json && json.getLocation() != null
            ? " (character " + Math.max(1, json.getLocation().getCharOffset() + 1) + ")"
            : "";
    return "it is no JSON" + place + ": " + line;
  }
}
