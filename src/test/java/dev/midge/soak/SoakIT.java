package dev.midge.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A short soak, the same every time; {@code src/bench/soak} runs longer ones. */
class SoakIT {
  @Test
  void aMinuteOfFailuresLosesAndLeaksNothing() throws Exception {
    long seed = Long.getLong("soak.seed", 1);
    assertThat(new Soak(Duration.ofMinutes(1), seed, System.out).run())
        .as("seed " + seed)
        .isEmpty();
  }
}
