package dev.midge.cli.expect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.UsageException;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Any words are an expectation or a mistake, and any number is compared as Java compares it. */
class ComparisonPropertiesTest {
  private static boolean isMet(String words, String payload) {
    return ExpectationParser.parse(words)
        .isMetBy(
            Message.of("a", payload.getBytes(StandardCharsets.UTF_8), Qos.AT_MOST_ONCE, false));
  }

  @Property
  void numbersHaveOneOrder(@ForAll long left, @ForAll long right) {
    String payload = "{\"v\":" + left + "}";

    assertThat(isMet("$.v == " + right, payload)).isEqualTo(left == right);
    assertThat(isMet("$.v != " + right, payload)).isEqualTo(left != right);
    assertThat(isMet("$.v < " + right, payload)).isEqualTo(left < right);
    assertThat(isMet("$.v <= " + right, payload)).isEqualTo(left <= right);
    assertThat(isMet("$.v > " + right, payload)).isEqualTo(left > right);
    assertThat(isMet("$.v >= " + right, payload)).isEqualTo(left >= right);
  }

  @Property
  void fractionsToo(@ForAll double left, @ForAll long right) {
    assertThat(isMet("$ < " + right, String.valueOf(left))).isEqualTo(left < right);
  }

  @Property
  void anyWordsAreAnExpectationOrOneLineThatSaysWhyNot(@ForAll String words) {
    Assume.that(words.codePoints().noneMatch(c -> c == '\n' || c == '\r' || c == 0x2028));
    for (String each : new String[] {words, "$" + words, "$.a" + words}) {
      try {
        assertThat(ExpectationParser.parse(each).words()).isEqualTo(each);
      } catch (UsageException e) {
        assertThat(e.inFull()).startsWith("Error: --expect '");
      }
    }
  }

  @Property
  void anyPayloadMeetsAPathOrNot(@ForAll byte[] payload) {
    Message message = Message.of("a", payload, Qos.AT_MOST_ONCE, false);

    assertThat(ExpectationParser.parse("$.none.of[3]").isMetBy(message)).isFalse();
  }
}
