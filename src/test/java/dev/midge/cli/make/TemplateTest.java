package dev.midge.cli.make;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.RawArguments;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final Instant TIME = Instant.parse("2026-11-29T06:54:37Z").plusNanos(5_999_999);
  private static final Map<String, String> ENVIRONMENT = Map.of("ROOM", "hall \"1\"");

  private static String made(String template, long number, Chance chance, String line) {
    MessageFacts facts =
        new MessageFacts(
            new PublishingClient(7, "dev-7"), number, TIME, line.getBytes(UTF_8), chance);
    return new String(TemplateParser.parse("-T", template, ENVIRONMENT).make(facts), UTF_8);
  }

  private static String made(String template, long number) {
    return made(template, number, new Chance(1L, 1), "a line");
  }

  private static List<String> first(int count, String template) {
    return LongStream.rangeClosed(1, count).mapToObj(number -> made(template, number)).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "{",
        "}",
        "}}",
        "{}",
        "[{}, {}]",
        "{\"a\":{\"b\":{\"c\":[{\"d\":1}]}}}",
        "{ \"a\": 1 }",
        "{\n  \"a\": {\n    \"b\": {}\n  }\n}",
        "{1}",
        "{-x}",
        "${",
        "trailing {"
      })
  void jsonAndOtherBracesStay(String text) {
    assertThat(made(text, 1)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{count} | 3",
        "{count 100} | 102",
        "{count -2} | 0",
        "{ count} | { count}",
        "{count }. | 3.",
        "a{count}b{count}c | a3b3c",
        "{\"n\":{count}} | {\"n\":3}",
        "{\"a\":{\"n\":{count}}} | {\"a\":{\"n\":3}}",
        "{{count} | {count}",
        "{{{count}} | {3}",
        "{{{{ | {{",
        "{time} | 2026-11-29T06:54:37.005Z",
        "{unix} | 1795935277",
        "{unix-ms} | 1795935277005",
        "{id}/{client} | dev-7/7",
        "<{line}> | <a line>",
        "{json line} | \"a line\"",
        "{env ROOM} | hall \"1\"",
        "{json env ROOM} | \"hall \\\"1\\\"\"",
        "{json count 5} | \"7\"",
        "{cycle on off} | on",
        "{pick one} | one",
        "{random 4 4} | 4",
        "{random -4.50 -4.5} | -4.50",
        "grüße {pick é} 😀 | grüße é 😀"
      })
  void wordsAreReplaced(String template, String third) {
    assertThat(made(template, 3)).isEqualTo(third);
  }

  @Test
  void wordsOfThisProcess() {
    assertThat(made("{pid}", 1)).isEqualTo(String.valueOf(ProcessHandle.current().pid()));
    assertThat(made("{hostname}", 1)).isNotBlank().doesNotContain("\n");
  }

  @Test
  void valuesInTurn() {
    assertThat(first(5, "{cycle on off idle}")).containsExactly("on", "off", "idle", "on", "off");
    assertThat(first(5, "{sine 4 0 100}")).containsExactly("50", "100", "50", "0", "50");
    assertThat(first(4, "{sine 4 -1.5 2.5}")).containsExactly("0.5", "2.5", "0.5", "-1.5");
  }

  @Test
  void theSameSeedMakesTheSameMessages() {
    String template = "{uuid} {random 1 1000000} {hex 8} {pick a b c d e} {random 0.000 1.000}";

    String first = made(template, 1, new Chance(42L, 1), "");
    assertThat(made(template, 1, new Chance(42L, 1), "")).isEqualTo(first);
    // Tells when another Java or another midge makes others of a seed that users have kept.
    assertThat(first)
        .isEqualTo("bdd73226-2feb-4e95-8a3b-f8ccec99bc40 381930 03b5a8b23dd20433 a 0.296");
    assertThat(made(template, 1, new Chance(43L, 1), "")).isNotEqualTo(first);
    assertThat(made(template, 1, new Chance(42L, 2), "")).isNotEqualTo(first);
  }

  @Test
  void withoutASeedMessagesDiffer() {
    Set<String> uuids = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      uuids.add(made("{uuid}", 1, new Chance(null, 1), ""));
    }

    assertThat(uuids)
        .hasSize(1000)
        .allMatch(
            each ->
                each.matches(
                    "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  }

  @Test
  void bytesThatAreNoTextStay() {
    byte[] bytes = {'{', (byte) 0xFF, '}', '{', 'l', 'i', 'n', 'e', '}', (byte) 0x80};
    String word = RawArguments.decode(bytes, 0, bytes.length);
    MessageFacts facts =
        new MessageFacts(
            new PublishingClient(1, ""), 1, TIME, new byte[] {(byte) 0xC3}, new Chance(1L, 1));

    assertThat(TemplateParser.parse("-T", word, Map.of()).make(facts))
        .containsExactly('{', 0xFF, '}', 0xC3, 0x80);
    assertThat(new String(TemplateParser.parse("-T", "{json line}", Map.of()).make(facts), UTF_8))
        .isEqualTo("\"\uFFFD\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{coutn} | -T has no word {coutn}, did you mean 'count'?",
        "{Count} | -T has no word {Count}, did you mean 'count'?",
        "{host} | -T has no word {host}, did you mean 'hostname'?",
        "{json lien} | -T has no word {json lien}, did you mean 'line'?",
        "{t:{count}} | -T has no word {t:{count}; write {{ for a brace that stays, or one of the words {count} {time}",
        "{\"t\":{count | -T: {count has no closing brace; write {{ for a brace that stays.",
        "{random} | -T: {random} must be {random LEAST MOST}, such as {random 1 6} or {random 20.0 25.5}.",
        "{random 1} | -T: {random 1} must be {random LEAST MOST}",
        "{random 2 1} | -T: {random 2 1} must be",
        "{random 1 x} | -T: {random 1 x} must be",
        "{random 1e3 1e4} | -T: {random 1e3 1e4} must be",
        "{random 0.000000001 999999999999999999} | -T: {random 0.000000001 999999999999999999} must be",
        "{time local} | -T: {time local} must be {time}.",
        "{count x} | -T: {count x} must be {count} or {count 100}, with the first number.",
        "{hex 0} | -T: {hex 0} must be {hex BYTES}, from {hex 1} to {hex 65536}.",
        "{hex 65537} | -T: {hex 65537} must be",
        "{sine 1 0 1} | -T: {sine 1 0 1} must be {sine MESSAGES LEAST MOST}",
        "{pick} | -T: {pick} must be {pick WORD ...}",
        "{cycle} | -T: {cycle} must be {cycle WORD ...}",
        "{env} | -T: {env} must be {env NAME}",
        "{env NOWHERE} | -T: the environment has no variable NOWHERE for {env NOWHERE}.",
        "{json} | -T: {json} must be {json WORD}"
      })
  void mistakesAreTold(String template, String start) {
    assertThatThrownBy(() -> TemplateParser.parse("-T", template, ENVIRONMENT))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("Error: " + start)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aLongMistakeIsShownByItsBeginning() {
    assertThatThrownBy(() -> TemplateParser.parse("-T", "{" + "x".repeat(5000) + "}", ENVIRONMENT))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("{" + "x".repeat(39) + "\u2026")
        .hasMessageNotContaining("x".repeat(40));
  }

  @ParameterizedTest
  @EnumSource(TemplateWord.class)
  void eachWordTellsAFormThatItTakes(TemplateWord word) {
    String form = word.form();
    int example = form.indexOf("such as {");
    String shown = form.substring(example < 0 ? form.indexOf('{') : form.indexOf('{', example));
    String template = shown.substring(0, shown.indexOf('}') + 1).replace("NAME", "ROOM");

    assertThat(
            TemplateParser.parse("-T", template.replace("hex BYTES", "hex 1"), ENVIRONMENT)
                .has(word))
        .isTrue();
  }

  @Property
  void anyTextIsPossibleWithDoubledBraces(@ForAll("texts") String text) {
    assertThat(made(text.replace("{", "{{"), 1)).isEqualTo(text);
  }

  @Property
  void anyTextIsItselfOrAMistake(@ForAll("texts") String text) {
    String made;
    try {
      made = made(text, 1);
    } catch (UsageException mistake) {
      assertThat(text).containsPattern("\\{[a-zA-Z]");
      return;
    }
    if (!text.matches("(?s).*\\{[a-zA-Z{].*")) {
      assertThat(made).isEqualTo(text);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("{}\" :,a1count é\n").ofMaxLength(30);
  }
}
