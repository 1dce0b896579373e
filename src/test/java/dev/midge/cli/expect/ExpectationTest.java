package dev.midge.cli.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.cli.UsageException;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of --expect, and the payloads that they mean. */
class ExpectationTest {
  private static boolean isMet(String words, byte[] payload) {
    return ExpectationParser.parse(words)
        .isMetBy(Message.of("a", payload, Qos.AT_MOST_ONCE, false));
  }

  private static boolean isMet(String words, String payload) {
    return isMet(words, payload.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "on           | the light is on | true",
        "^on$         | the light is on | false",
        "^on$         | on              | true",
        "(?i)ON       | is on           | true",
        "ON           | is on           | false",
        "[0-9]{3}     | code 404        | true",
        "a$b          | a$b             | false",
      })
  void aRegularExpressionIsSearchedInThePayload(String words, String payload, boolean met) {
    assertThat(isMet(words, payload)).isEqualTo(met);
  }

  @Test
  void theEndsOfLinesAreFoundAsByGrepAndADotIsNoLineEnd() {
    assertThat(isMet("^two$", "one\ntwo\nthree")).isTrue();
    assertThat(isMet("one.two", "one\ntwo")).isFalse();
    assertThat(isMet("(?s)one.two", "one\ntwo")).isTrue();
  }

  @Test
  void bytesThatAreNoUtf8AreReplaced() {
    assertThat(isMet("a\\uFFFDb", new byte[] {'a', (byte) 0xFF, 'b'})).isTrue();
    assertThat(isMet("$.a", new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'})).isFalse();
  }

  @Test
  void anExpressionThatNeedsTooMuchStackHasNoMatch() {
    assertThat(isMet("^(a|b)*c", "ab".repeat(100_000))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Strings, in both quotes; nothing is guessed.
        "$.state == \"on\"        | {\"state\":\"on\"}          | true",
        "$.state == 'on'          | {\"state\":\"on\"}          | true",
        "$.state==\"on\"          | {\"state\":\"on\"}          | true",
        "$.state == \"on\"        | {\"state\":\"off\"}         | false",
        "$.state != \"on\"        | {\"state\":\"off\"}         | true",
        "$.state == \"1\"         | {\"state\":1}               | false",
        // A path that finds nothing meets nothing.
        "$.state != \"on\"        | {\"temp\":1}                | false",
        "$.state                  | {\"temp\":1}                | false",
        "$.error                  | {\"error\":\"disk\"}        | true",
        "$.error                  | {\"error\":null}            | true",
        "$.error != null          | {\"error\":null}            | false",
        "$.error == null          | {\"error\":null}            | true",
        // Numbers by their values.
        "$.temp > 20              | {\"temp\":20.5}             | true",
        "$.temp > 20              | {\"temp\":20}               | false",
        "$.temp >= 20             | {\"temp\":2e1}              | true",
        "$.temp == 20             | {\"temp\":20.0}             | true",
        "$.temp < -1.5            | {\"temp\":-2}               | true",
        "$.temp <= 0.3            | {\"temp\":0.3}              | true",
        "$.n == 9007199254740993  | {\"n\":9007199254740992}    | false",
        "$.temp > 20              | {\"temp\":\"30\"}           | false",
        "$.at > \"2026-01\"       | {\"at\":\"2026-02-03\"}     | true",
        "$.ok == true             | {\"ok\":true}               | true",
        "$.ok == true             | {\"ok\":\"true\"}           | false",
        "$.l == [1, 2.0]          | {\"l\":[1.0,2]}             | true",
        "$.l == [1]               | {\"l\":[1,2]}               | false",
        "$.o == {\"a\":1,\"b\":2} | {\"o\":{\"b\":2,\"a\":1}}   | true",
        // Regular expressions.
        "$.state ~ ^o             | {\"state\":\"on\"}          | true",
        "$.state ~ ^n             | {\"state\":\"on\"}          | false",
        "$.code ~ ^4              | {\"code\":404}              | true",
        "$.o ~ a                  | {\"o\":{\"a\":1}}           | false",
        // Paths.
        "$                        | 5                           | true",
        "$ > 4                    | 5                           | true",
        "$[0].a == 1              | [{\"a\":1}]                 | true",
        "$.a.b[1] == 2            | {\"a\":{\"b\":[1,2]}}       | true",
        "$['a == b'] == 1         | {\"a == b\":1}              | true",
        "$['it\\'s'] == 1         | {\"it's\":1}                | true",
        "$..temp > 20             | {\"a\":{\"temp\":3},\"b\":{\"temp\":30}} | true",
        "$..temp > 40             | {\"a\":{\"temp\":3},\"b\":{\"temp\":30}} | false",
        "$..none                  | {\"a\":1}                   | false",
        "$.l[?(@.n == 'x')].v > 1 | {\"l\":[{\"n\":\"x\",\"v\":2}]} | true",
        "$.l[?(@.n > 3 && @.v)]   | {\"l\":[{\"n\":4}]}         | false",
        "$.l.length() == 2        | {\"l\":[1,1]}               | true",
        // A payload that is no JSON, or more than one value.
        "$.a                      | a                           | false",
        "$.a                      | {\"a\":1} {\"a\":1}         | false",
        "$.a.b                    | {\"a\":\"text\"}            | false",
      })
  void aJsonPathLooksIntoThePayload(String words, String payload, boolean met) {
    assertThat(isMet(words, payload)).isEqualTo(met);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(a               | Error: --expect '(a' is no regular expression: Unclosed group at character 3.",
        "$.a = 1          | Error: --expect '$.a = 1': behind the path stands one of ==, !=, <, <=, >, >=, ~ and a value.",
        "$.a is 1         | Error: --expect '$.a is 1': behind the path stands one of ==, !=, <, <=, >, >=, ~ and a value.",
        "$.a == on        | Error: --expect '$.a == on': == needs a value of JSON: a number, \"text\", true, false or null.",
        "$.a ==           | Error: --expect '$.a ==': == needs a value of JSON: a number, \"text\", true, false or null.",
        "$.a > true       | Error: --expect '$.a > true': > compares numbers, or texts.",
        "$.a ~            | Error: --expect '$.a ~': ~ needs a regular expression.",
        "$.a ~ (          | Error: --expect '$.a ~ (' is no regular expression: Unclosed group at character 2.",
        "$.               | Error: --expect '$.': no JSON path: Path must not end with a '.' or '..'.",
      })
  void wrongWordsAreToldInOneLine(String words, String line) {
    assertThatThrownBy(() -> ExpectationParser.parse(words))
        .isInstanceOfSatisfying(UsageException.class, e -> assertThat(e.inFull()).isEqualTo(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "$a.[", "$.a[", "$.a)(", "$['a"})
  void otherWrongWordsAreRefusedToo(String words) {
    assertThatThrownBy(() -> ExpectationParser.parse(words))
        .isInstanceOfSatisfying(
            UsageException.class,
            e -> assertThat(e.inFull()).startsWith("Error: --expect ").doesNotContain("\n"));
  }
}
