package dev.midge.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A payload that is JSON, read piece by piece so that order and duplicate keys stay. Knows Jackson,
 * as {@link JsonLayout} does; it is loaded only when a payload has to be read.
 */
final class JsonValue {
  /** The C library's {@code %1.15g} leaves an integer of no more digits as it is. */
  private static final int EXACT_DIGITS = 15;

  /** As deep as cJSON reads; the other limits of Jackson would refuse what is legal. */
  private static final int MAX_DEPTH = 1000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonValue() {}

  /**
   * Prints the value again.
   *
   * @return false unless the payload is exactly one value; some of it may be written then
   */
  static boolean copy(byte[] payload, JsonWriter to) {
    // Decoded here: Jackson would take some payloads for UTF-16, and refuse what is not UTF-8.
    String text = new String(payload, StandardCharsets.UTF_8);
    try (JsonParser from = parser(text)) {
      int depth = 0;
      JsonToken token = from.nextToken();
      if (token == null) {
        return false;
      }
      do {
        copyToken(token, from, to);
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        token = from.nextToken();
      } while (depth > 0);
      return token == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** A parser within the limits of this class. */
  static JsonParser parser(String text) throws IOException {
    return JSON.createParser(withoutByteOrderMark(text));
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static void copyToken(JsonToken token, JsonParser from, JsonWriter to)
      throws IOException {
    switch (token) {
      case START_OBJECT -> to.beginObject();
      case END_OBJECT -> to.endObject();
      case START_ARRAY -> to.beginArray();
      case END_ARRAY -> to.endArray();
      case FIELD_NAME -> to.key(from.getText());
      case VALUE_STRING -> to.string(from.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> copyNumber(token, from.getText(), to);
      default -> to.literal(from.getText()); // true, false, null
    }
  }

  private static void copyNumber(JsonToken token, String digits, JsonWriter to) {
    if (token == JsonToken.VALUE_NUMBER_INT && digits.length() <= EXACT_DIGITS) {
      to.literal(digits);
    } else {
      to.number(Double.parseDouble(digits));
    }
  }
}
