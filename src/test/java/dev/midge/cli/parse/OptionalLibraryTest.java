package dev.midge.cli.parse;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.cli.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionalLibraryTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.fasterxml.jackson.dataformat.cbor.CBORFactory",
        "org.msgpack.core.MessagePack",
        "com.google.protobuf.DynamicMessage",
        "dev.harrel.jsonschema.Validator",
        "com.jayway.jsonpath.JsonPath"
      })
  void aLibraryThatIsThereIsFound(String type) {
    assertThatCode(() -> OptionalLibrary.need("--any", type)).doesNotThrowAnyException();
  }

  @Test
  void oneThatIsMissingIsToldWithTheOptionAndTheJar() {
    assertThatThrownBy(() -> OptionalLibrary.need("--any", "org.example.NotThere"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "Error: --any needs midge-libraries.jar in the directory of midge.jar, and it is missing or incomplete.");
  }
}
