package dev.midge.view.json;

import static dev.midge.view.Payloads.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaTest {
  private static final String READING =
      """
      {"$schema": "%s", "type": "object", "required": ["t"],
       "properties": {"t": {"type": "number", "maximum": 100}, "unit": {"enum": ["C", "F"]},
                      "tags": {"type": "array", "uniqueItems": true}}}
      """;

  @TempDir Path directory;

  private JsonSchema schema(String text) throws SchemaException {
    return JsonSchema.of(directory.resolve("schema.json"), text(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://json-schema.org/draft/2020-12/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "http://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-04/schema#"
      })
  void payloadsAreHeldAgainstEachDraft(String draft) throws SchemaException {
    JsonSchema schema = schema(READING.formatted(draft));

    assertThat(schema.check(text("{\"t\":21.5,\"unit\":\"C\",\"tags\":[1,2]}"))).isEmpty();
    assertThat(schema.check(text("{\"t\":101}")))
        .containsExactly(new Misfit("/t", "101 is greater than 100"));
    assertThat(schema.check(text("{}")))
        .containsExactly(
            new Misfit("", "Object does not have some of the required properties [t]"));
    assertThat(schema.check(text("{\"t\":1,\"tags\":[1,1.0]}")))
        .singleElement()
        .matches(misfit -> misfit.path().equals("/tags"));
  }

  @Test
  void aPayloadThatIsNoJsonDoesNotFit() throws SchemaException {
    assertThat(schema("{}").check(text("{")))
        .singleElement()
        .matches(misfit -> misfit.reason().startsWith("it is no JSON"));
  }

  @Test
  void atMostTenPlacesAreTold() throws SchemaException {
    JsonSchema schema = schema("{\"items\": {\"type\": \"string\"}}");

    assertThat(schema.check(text("[" + "1,".repeat(99) + "1]"))).hasSize(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|it is no JSON",
        "{\"type\": \"nunber\"}|it is no JSON Schema: ",
        "{\"$ref\": \"#/$defs/a\"}|its $ref '#/$defs/a' leads nowhere",
        "{\"items\": {\"$ref\": \"https://example.com/a.json\"}}|its $ref 'https://example.com/a.json' leads to"
            + " https://example.com/a.json, which is not fetched; put that schema into a file",
        "{\"$id\": \"http://example.com/s/b.json\", \"items\": {\"$ref\": \"a.json\"}}|its $ref 'a.json' leads to"
            + " http://example.com/s/a.json, which is not fetched",
        "{\"$ref\": \"gone.json\"}|its $ref leads to a file that cannot be read: ",
      })
  void aSchemaThatCannotBeUsedIsRefused(String text, String reason) {
    assertThatThrownBy(() -> schema(text))
        .isInstanceOf(SchemaException.class)
        .message()
        .startsWith(reason);
  }

  @Test
  void aSchemaMayReferToItsPartsAndToFilesBesideIt() throws Exception {
    Files.writeString(
        directory.resolve("unit.json"), "{\"$defs\": {\"unit\": {\"enum\": [\"C\"]}}}");
    JsonSchema schema =
        schema(
            "{\"properties\": {\"u\": {\"$ref\": \"unit.json#/$defs/unit\"}, \"n\": {\"$ref\": \"#/$defs/n\"}},"
                + " \"$defs\": {\"n\": {\"type\": \"integer\"}}}");

    assertThat(schema.check(text("{\"u\":\"C\",\"n\":1}"))).isEmpty();
    assertThat(schema.check(text("{\"u\":\"F\",\"n\":\"x\"}")))
        .extracting(Misfit::path)
        .containsExactlyInAnyOrder("/u", "/n");
  }

  @Test
  void partsWithAnIdAreFoundByIt() throws SchemaException {
    JsonSchema schema =
        schema(
            "{\"$id\": \"https://example.com/s.json\", \"$ref\": \"part.json\","
                + " \"$defs\": {\"p\": {\"$id\": \"part.json\", \"type\": \"string\"}}}");

    assertThat(schema.check(text("1"))).hasSize(1);
    assertThat(schema.check(text("\"a\""))).isEmpty();
  }

  @Test
  void aSchemaThatNeverEndsIsToldAndNotFollowed() throws SchemaException {
    assertThat(schema("{\"$ref\": \"#\"}").check(text("1")))
        .singleElement()
        .matches(misfit -> misfit.reason().contains("without end"));
  }

  @Test
  void hugeNumbersTakeNoTime() throws SchemaException, IOException {
    JsonSchema schema = schema("{\"multipleOf\": 0.001}");

    assertThat(schema.check(text("1e999999999")))
        .containsExactly(new Misfit("", "the exponent of a number is too large"));
    assertThat(schema.check(text("1e9999"))).isEmpty();
  }
}
