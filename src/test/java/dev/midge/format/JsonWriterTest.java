package dev.midge.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** The form of {@code lwt --json}: programs read it, and it is what Jackson wrote before. */
class JsonWriterTest {

  @Property
  void inAsciiEachStringIsThatOfJackson(
      @ForAll String key,
      @ForAll String value,
      @ForAll @LongRange(min = -Long.MAX_VALUE) long number)
      throws IOException {
    StringWriter expected = new StringWriter();
    try (JsonGenerator jackson = new JsonFactory().createGenerator(expected)) {
      jackson.setHighestNonEscapedChar(0x7E);
      jackson.writeStartObject();
      jackson.writeStringField(key, value);
      jackson.writeArrayFieldStart("array");
      jackson.writeNumber(number);
      jackson.writeNull();
      jackson.writeBoolean(true);
      jackson.writeStartObject();
      jackson.writeEndObject();
      jackson.writeEndArray();
      jackson.writeEndObject();
    }

    ByteBuilder out = new ByteBuilder();
    JsonWriter json = JsonWriter.ascii(out);
    json.beginObject();
    json.key(key).string(value);
    json.key("array").beginArray();
    json.number(number);
    json.string(null);
    json.literal("true");
    json.beginObject();
    json.endObject();
    json.endArray();
    json.endObject();
    assertThat(out.text()).isEqualTo(expected.toString());
  }
}
