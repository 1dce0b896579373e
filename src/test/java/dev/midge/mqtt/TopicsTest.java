package dev.midge.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

  @Property(tries = 20_000)
  void matchingIsLevelByLevel(@ForAll("filters") String filter, @ForAll("names") String topic) {
    assertThat(Topics.matches(filter, topic))
        .as("%s matches %s", filter, topic)
        .isEqualTo(matchesLevelByLevel(filter, topic));
  }

  @ParameterizedTest
  @CsvSource({
    "a/#, a, true",
    "a/#, a/, true",
    "a/#, ab, false",
    "#, a/b, true",
    "#, /, true",
    "+, a, true",
    "+, /, false",
    "+/+, /, true",
    "/+, /a, true",
    "/+, a, false",
    "+/#, a, true",
    "a/+, a, false",
    "a/+, a/, true",
    "a/+/b, a//b, true",
    "a/+/#, a, false",
    "a/+/#, a/b, true",
    "a/b, A/b, false",
    "#, $SYS/x, false",
    "+/x, $SYS/x, false",
    "$SYS/#, $SYS/x, true",
    "$SYS/#, $SYS, true",
    "a/+, a/$b, true",
    "a, a/, false",
    "a/, a, false",
  })
  void whatTheStandardSays(String filter, String topic, boolean matches) {
    assertThat(Topics.matches(filter, topic)).isEqualTo(matches);
    assertThat(matchesLevelByLevel(filter, topic)).isEqualTo(matches);
  }

  /** All filters of up to three levels, and all topics that could tell two of them apart. */
  @Test
  void aFilterCoversThoseWhoseTopicsItMatchesAll() {
    List<String> topics = levels(4, "a", "b", "z");
    List<String> filters = new ArrayList<>(levels(3, "a", "b", "+"));
    levels(2, "a", "b", "+").forEach(each -> filters.add(each + "/#"));
    filters.add("#");
    for (String filter : filters) {
      for (String other : filters) {
        boolean all =
            topics.stream()
                .filter(topic -> Topics.matches(other, topic))
                .allMatch(topic -> Topics.matches(filter, topic));
        assertThat(Topics.covers(filter, other)).as("%s covers %s", filter, other).isEqualTo(all);
      }
    }
  }

  private static List<String> levels(int most, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    if (most > 1) {
      for (String rest : levels(most - 1, words)) {
        for (String word : words) {
          all.add(word + "/" + rest);
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"#, $SYS/#, false", "$SYS/#, $SYS/+/a, true", "+, $SYS, false"})
  void aFilterCoversNoneOfTheBrokersOwnTopicsByAWildcard(String filter, String other, boolean is) {
    assertThat(Topics.covers(filter, other)).isEqualTo(is);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "/", "//", "a/b", " ", "$SYS/x", "é/😀", "$share/g/a", "\uFEFFa"})
  void namesThatAreValid(String name) {
    assertThat(Topics.isValidName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+", "#", "a/+", "a#", "a+b"})
  void namesThatAreNot(String name) {
    assertThat(Topics.isValidName(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#",
        "+",
        "/",
        "a/#",
        "+/#",
        "/#",
        "+/+/a",
        "$SYS/+",
        "$share/g/a",
        "$share/g/#",
        "$share/g//",
        "$share",
        "$shared/g",
        "a/$share/+"
      })
  void filtersThatAreValid(String filter) {
    assertThat(Topics.isValidFilter(filter)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a#",
        "#/",
        "#/a",
        "a/#/b",
        "a+",
        "+a",
        "a/+b/c",
        "++",
        "##",
        "$share/",
        "$share/g",
        "$share/g/",
        "$share//a",
        "$share/g+/a",
        "$share/#/a",
        "$share/+/a",
        "$share/g/a#"
      })
  void filtersThatAreNot(String filter) {
    assertThat(Topics.isValidFilter(filter)).isFalse();
  }

  @Example
  void twoHundredSlashesAreEnough() {
    assertThat(Topics.isValidName("/".repeat(200))).isTrue();
    assertThat(Topics.isValidName("/".repeat(201))).isFalse();
    assertThat(Topics.isValidFilter("/".repeat(200))).isTrue();
    assertThat(Topics.isValidFilter("/".repeat(201))).isFalse();
  }

  @Example
  void lengthIsCountedInBytes() {
    assertThat(Topics.isValidName("a".repeat(65_535))).isTrue();
    assertThat(Topics.isValidName("a".repeat(65_536))).isFalse();
    assertThat(Topics.isValidName("é".repeat(32_768))).isFalse();
  }

  @Property
  void aNameWithoutWildcardsMatchesItself(@ForAll("names") String topic) {
    assertThat(Topics.matches(topic, topic)).isTrue();
  }

  @Provide
  Arbitrary<String> filters() {
    Arbitrary<String> level = Arbitraries.of("a", "b", "ab", "", "+", "+", "$a");
    return level
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(levels -> String.join("/", levels))
        .flatMap(filter -> Arbitraries.of(filter, filter, filter + "/#", "#"))
        .filter(Topics::isValidFilter);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("a", "b", "ab", "", "$a")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(levels -> String.join("/", levels))
        .filter(Topics::isValidName);
  }

  /** The standard's words (4.7), without a thought for speed. */
  private static boolean matchesLevelByLevel(String filter, String topic) {
    String[] wanted = filter.split("/", -1);
    String[] levels = topic.split("/", -1);
    if (topic.startsWith("$") && (wanted[0].equals("+") || wanted[0].equals("#"))) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].equals("#")) {
        return true;
      }
      if (i >= levels.length || !(wanted[i].equals("+") || wanted[i].equals(levels[i]))) {
        return false;
      }
    }
    return wanted.length == levels.length;
  }
}
