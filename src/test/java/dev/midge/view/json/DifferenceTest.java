package dev.midge.view.json;

import static dev.midge.view.Payloads.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.view.ViewException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1}|{\"a\":2}|CHANGED /a 1 2",
        "{\"a\":1}|{\"a\":1,\"b\":[1]}|ADDED /b null [1]",
        "{\"a\":1,\"b\":{}}|{\"a\":1}|REMOVED /b {} null",
        "{\"a\":{\"x/y\":1,\"m~n\":2}}|{\"a\":{\"x/y\":2,\"m~n\":3}}|CHANGED /a/x~1y 1 2, CHANGED /a/m~0n 2 3",
        "[1,2,3]|[1,5]|CHANGED /1 2 5, REMOVED /2 3 null",
        "[1]|[1,2]|ADDED /1 null 2",
        "{\"a\":[1]}|{\"a\":{\"0\":1}}|CHANGED /a [1] {\"0\":1}",
        "1|\"1\"|CHANGED  1 \"1\"",
        "{\"a\":null}|{}|REMOVED /a null null",
        "{\"a\":1.0}|{\"a\":1}|``",
        "{\"a\":1,\"b\":2}|{\"b\":2,\"a\":1}|``",
      })
  void changesAreToldWithTheirPlaces(String before, String after, String changes)
      throws ViewException {
    assertThat(
            Difference.between(JsonDocument.read(text(before)), JsonDocument.read(text(after)))
                .stream()
                .map(
                    each ->
                        each.kind()
                            + " "
                            + each.path()
                            + " "
                            + JsonDocument.text(each.before(), false)
                            + " "
                            + JsonDocument.text(each.after(), false))
                .reduce((one, other) -> one + ", " + other)
                .orElse(""))
        .isEqualTo(changes);
  }

  @Provide
  Arbitrary<String> json() {
    return JsonTrees.texts();
  }

  @Property(tries = 300)
  void nothingChangesFromAValueToItself(@ForAll("json") String json) throws ViewException {
    assertThat(Difference.between(JsonDocument.read(text(json)), JsonDocument.read(text(json))))
        .isEmpty();
  }
}
