package dev.midge.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;

/**
 * Makes the parser of payloads that are to be laid out as the JSON that they are, and of recorded
 * messages. Knows Jackson, as {@link JsonLayout} does; it is loaded only when JSON has to be read.
 */
public final class JsonValue {
  /** As deep as cJSON reads; the other limits of Jackson would refuse what is legal. */
  public static final int MAX_DEPTH = 1000;

  /** The words for a value that is deeper, in whatever form it is written. */
  public static final String TOO_DEEP = "it is deeper than " + MAX_DEPTH + " levels";

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

  /** Tells whether a value is too deep: Jackson's parsers here have no other limit. */
  public static boolean isTooDeep(IOException failure) {
    return failure instanceof StreamConstraintsException;
  }

  /** Returns a parser within the limits of this class. */
  public static JsonParser parser(String text) throws IOException {
    return JSON.createParser(withoutByteOrderMark(text));
  }

  private static String withoutByteOrderMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
