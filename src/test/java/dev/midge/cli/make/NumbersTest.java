package dev.midge.cli.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NumbersTest {

  @Property
  void eachIsWithinItsEndsWithTheirDecimals(
      @ForAll int one,
      @ForAll int other,
      @ForAll @IntRange(max = 9) int decimals,
      @ForAll long seed) {
    BigDecimal least = BigDecimal.valueOf(Math.min(one, other), decimals);
    BigDecimal most = BigDecimal.valueOf(Math.max(one, other), decimals);
    Numbers numbers =
        Objects.requireNonNull(Numbers.parse(least.toPlainString(), most.toPlainString()));

    for (String made :
        new String[] {numbers.random(new Chance(seed, 1)), numbers.wave(seed / 1e9)}) {
      assertThat(new BigDecimal(made)).isBetween(least, most);
      assertThat(new BigDecimal(made).scale()).isEqualTo(decimals);
    }
  }

  @Property
  void anyRangeOfWholeNumbersIsPossible(@ForAll long one, @ForAll long other, @ForAll long seed) {
    long least = Math.min(one, other);
    long most = Math.max(one, other);

    assertThat(new Chance(seed, 1).between(least, most)).isBetween(least, most);
  }

  @Example
  void eachNumberIsAsLikelyAsTheOthersAndTheEndsAreAmongThem() {
    TreeMap<Long, Integer> counts = new TreeMap<>();
    Chance chance = new Chance(1L, 1);
    for (int i = 0; i < 60_000; i++) {
      counts.merge(chance.between(1, 6), 1, Integer::sum);
    }

    assertThat(counts.keySet()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(counts.values()).allMatch(count -> count > 9_500 && count < 10_500);
  }

  @Example
  void thePeaksOfAWaveAreItsEnds() {
    Numbers numbers = Objects.requireNonNull(Numbers.parse("18.0", "24.5"));

    assertThat(numbers.wave(0.25)).isEqualTo("24.5");
    assertThat(numbers.wave(0.75)).isEqualTo("18.0");
  }
}
