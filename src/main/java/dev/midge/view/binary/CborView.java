package dev.midge.view.binary;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import com.fasterxml.jackson.dataformat.cbor.CBORSimpleValue;
import dev.midge.format.ByteBuilder;
import dev.midge.format.JsonValue;
import dev.midge.format.JsonWriter;
import dev.midge.view.HexView;
import dev.midge.view.ViewException;
import dev.midge.view.json.JsonDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CBOR (RFC 8949) as JSON text and back. Knows Jackson's data format. */
public final class CborView {
  /** The tags that say how bytes become text [RFC 8949, 3.4.5.2]. */
  private static final int BASE64 = 22;

  private static final int BASE16 = 23;

  private static final CBORFactory CBOR =
      CBORFactory.builder()
          .enable(CBORGenerator.Feature.WRITE_MINIMAL_DOUBLES)
          // Otherwise negative big integers are off by one [RFC 8949, 3.4.3].
          .enable(CBORGenerator.Feature.ENCODE_USING_STANDARD_NEGATIVE_BIGINT_ENCODING)
          .enable(CBORParser.Feature.DECODE_USING_STANDARD_NEGATIVE_BIGINT_ENCODING)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonValue.MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(JsonValue.MAX_DEPTH).build())
          .build();

  private CborView() {}

  /**
   * Returns the JSON of one CBOR item, by section 6.1 of RFC 8949: byte strings become base64url
   * without padding, unless a tag wants base64 or base16; what JSON cannot say becomes null.
   *
   * @throws ViewException for what is not exactly one item
   */
  public static byte[] decode(byte[] payload) throws ViewException {
    ByteBuilder bytes = new ByteBuilder();
    JsonWriter json = JsonWriter.plain(bytes);
    int depth = 0;
    boolean begun = false;
    try (CBORParser parser = CBOR.createParser(payload)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (begun && depth == 0) {
          throw new ViewException("more follows the first CBOR item");
        }
        begun = true;
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        copy(token, parser, json);
      }
    } catch (IOException e) {
      throw new ViewException(problem(e));
    }
    if (!begun || depth > 0) {
      throw new ViewException(begun ? "the CBOR item is cut off" : "it is empty");
    }
    return bytes.toArray();
  }

  private static void copy(JsonToken token, CBORParser from, JsonWriter to)
      throws IOException, ViewException {
    switch (token) {
      case START_OBJECT -> to.beginObject();
      case END_OBJECT -> to.endObject();
      case START_ARRAY -> to.beginArray();
      case END_ARRAY -> to.endArray();
      case FIELD_NAME -> to.key(from.currentName());
      case VALUE_STRING -> to.string(from.getText());
      case VALUE_TRUE -> to.literal("true");
      case VALUE_FALSE -> to.literal("false");
      case VALUE_NUMBER_INT -> to.literal(from.getNumberValue().toString());
      case VALUE_NUMBER_FLOAT -> to.literal(decimal(from.getNumberValue()));
      case VALUE_EMBEDDED_OBJECT -> embedded(from, to);
      default -> to.literal("null");
    }
  }

  private static String decimal(Number number) {
    return Double.isNaN(number.doubleValue())
            || !(number instanceof BigDecimal) && Double.isInfinite(number.doubleValue())
        ? "null"
        : number.toString();
  }

  private static void embedded(CBORParser from, JsonWriter to) throws IOException, ViewException {
    Object object = from.getEmbeddedObject();
    if (object instanceof byte[] bytes) {
      to.string(
          switch (from.getCurrentTag()) {
            case BASE64 -> Base64.getEncoder().encodeToString(bytes);
            case BASE16 -> HexView.text(bytes);
            default -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
          });
    } else if (object instanceof CBORSimpleValue simple) {
      to.string("simple(" + simple.getValue() + ")");
    } else {
      to.literal("null");
    }
  }

  /** Returns the CBOR of JSON text, with lengths in front and integers as short as they can be. */
  public static byte[] encode(byte[] payload) throws ViewException {
    Object value = JsonDocument.read(payload);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator cbor = CBOR.createGenerator(bytes)) {
      write(value, cbor);
    } catch (IOException e) {
      throw new ViewException(
          JsonValue.isTooDeep(e) ? JsonValue.TOO_DEEP : "it cannot be CBOR: " + reason(e));
    }
    return bytes.toByteArray();
  }

  private static void write(@Nullable Object value, JsonGenerator cbor) throws IOException {
    if (value instanceof Map<?, ?> object) {
      cbor.writeStartObject(object, object.size());
      for (Map.Entry<?, ?> member : object.entrySet()) {
        cbor.writeFieldName((String) member.getKey());
        write(member.getValue(), cbor);
      }
      cbor.writeEndObject();
    } else if (value instanceof List<?> list) {
      cbor.writeStartArray(list, list.size());
      for (Object each : list) {
        write(each, cbor);
      }
      cbor.writeEndArray();
    } else if (value instanceof BigInteger number) {
      if (number.bitLength() < Long.SIZE) {
        cbor.writeNumber(number.longValue());
      } else {
        cbor.writeNumber(number);
      }
    } else if (value instanceof BigDecimal number) {
      if (Double.isInfinite(number.doubleValue())) {
        cbor.writeNumber(number);
      } else {
        cbor.writeNumber(number.doubleValue());
      }
    } else if (value instanceof Boolean truth) {
      cbor.writeBoolean(truth);
    } else if (value instanceof String text) {
      cbor.writeString(text);
    } else {
      cbor.writeNull();
    }
  }

  private static String problem(IOException e) {
    if (JsonValue.isTooDeep(e)) {
      return JsonValue.TOO_DEEP;
    }
    String reason = reason(e);
    return reason.startsWith("Illegal length for ")
        ? "a length is larger than what can follow"
        : "it is no CBOR: " + reason;
  }

  private static String reason(IOException e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
