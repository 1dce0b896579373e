package dev.midge.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** However deep a payload is nested, {@code --pretty} does not blow it up. */
class DeepJsonTest {
  private static final int DEEP = 900;

  @Test
  void deepLevelsStayOnTheirLine() {
    ByteBuilder out = new ByteBuilder();

    assertThat(JsonLayout.write("[".repeat(40) + "]".repeat(40), Palette.NONE, "\n", out)).isTrue();
    String longest =
        new String(out.toArray(), StandardCharsets.UTF_8)
            .lines()
            .max((a, b) -> a.indexOf('[') - b.indexOf('['))
            .orElseThrow();
    assertThat(longest.indexOf('[')).isEqualTo(2 * 32);
  }

  @Test
  void whatWouldGrowTooMuchIsLeftAsItIs() {
    String json = "[".repeat(32) + "1" + ",1".repeat(100_000) + "]".repeat(32);
    ByteBuilder out = new ByteBuilder();

    assertThat(JsonLayout.write(json, Palette.NONE, "\n", out)).isFalse();
    assertThat(out.length()).isZero();
  }

  @Test
  void anOrdinaryLongPayloadIsLaidOut() {
    String json = "[{\"a\":1" + ",\"a\":1".repeat(100_000) + "}]";

    assertThat(JsonLayout.write(json, Palette.NONE, "\n", new ByteBuilder())).isTrue();
  }

  @Test
  void theTabsOfTheOtherFormHaveABound() {
    int members = 10_000;
    String json =
        "{\"a\":".repeat(DEEP) + "{\"a\":1" + ",\"a\":1".repeat(members) + "}" + "}".repeat(DEEP);
    ByteBuilder out = new ByteBuilder();

    assertThat(LenientJson.copy(json, new JsonWriter(out, true))).isTrue();
    assertThat(out.length()).isLessThan((members + 3 * DEEP) * (32 + 10));
  }
}
