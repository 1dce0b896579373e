package dev.midge.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyTextTest {
  @Test
  void theTimeOfARequestIsWrittenAsMosquittoDoes() {
    long[] nanos = {999, 1000, 1_234_567, 999_999_999, 1_000_000_000, 61_000_000_005L};
    String[] words = {
      "999ns", "1.000000µs", "1.234567ms", "999.999999ms", "1.000000000", "61.000000005"
    };
    for (int i = 0; i < nanos.length; i++) {
      assertThat(LatencyText.text(Duration.ofNanos(nanos[i]))).isEqualTo(words[i]);
    }
  }
}
