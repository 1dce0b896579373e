package dev.midge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultPairsTest {

  @Test
  void everyEffectIsInTheTable() {
    assertThat(FaultPairs.covered())
        .isEqualTo(
            Arrays.stream(EffectKind.values())
                .map(EffectKind::word)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @EnumSource
  void everyEffectOfASideGoesWithSomeMoment(FaultSide side) {
    assertThat(FaultPairs.possible(side))
        .extracting(pair -> pair.effect().replaceFirst("[+:].*", ""))
        .containsAll(
            Arrays.stream(EffectKind.values())
                .filter(kind -> kind.isOf(side))
                .map(EffectKind::word)
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void aRefusedPairHasASentenceAsItsReason(FaultSide side) {
    for (String effect : FaultPairs.EFFECTS) {
      for (String moment : FaultPairs.MOMENTS) {
        String why = FaultPairs.refusal(effect + "@" + moment, side);
        if (why != null) {
          assertThat(why).endsWith(".").doesNotContain("null").hasSizeLessThan(400);
        }
      }
    }
  }
}
