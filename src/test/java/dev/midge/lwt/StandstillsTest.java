package dev.midge.lwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The drill takes note of times at which it could not look. */
class StandstillsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** In the future, so that the thread that watches does not count. */
  private static final long BASE = System.nanoTime() + 3600 * SECOND;

  @Test
  void theLongestStandstillCountsThatTouchesTheTime() {
    try (Standstills standstills = new Standstills()) {
      standstills.look(BASE);
      standstills.look(BASE + SECOND);
      standstills.look(BASE + 4 * SECOND);

      assertThat(standstills.longest(BASE, BASE + SECOND)).hasSeconds(1);
      assertThat(standstills.longest(BASE, BASE + 2 * SECOND)).hasSeconds(3);
      assertThat(standstills.longest(BASE + 2 * SECOND, BASE + 3 * SECOND)).hasSeconds(3);
      assertThat(standstills.longest(BASE + 4 * SECOND, BASE + 5 * SECOND)).isZero();
    }
  }

  @Test
  void aShortPauseIsNone() {
    try (Standstills standstills = new Standstills()) {
      standstills.look(BASE);
      standstills.look(BASE + Standstills.LEAST.toNanos() - 1);

      assertThat(standstills.longest(BASE, BASE + SECOND)).isZero();
    }
  }
}
