package dev.midge.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The pauses between tries. */
class RetryPolicyPropertiesTest {
  private static RetryPolicy of(long pause, long longest) {
    return new RetryPolicy(3, Duration.ofMillis(pause), Duration.ofMillis(longest), null);
  }

  @Property
  void withoutALongerTimeAllAreEqual(
      @ForAll @IntRange(min = 1) int pause,
      @ForAll @LongRange(min = 0) long tried,
      @ForAll @DoubleRange(min = 0, max = 1) double chance) {
    assertThat(of(pause, pause).pauseMillis(tried, chance)).isEqualTo(pause);
  }

  @Property
  void noneIsLongerThanTheLongest(
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE - 1) int pause,
      @ForAll @IntRange(min = 1) int more,
      @ForAll @LongRange(min = 0) long tried,
      @ForAll @DoubleRange(min = 0, max = 1) double chance) {
    long longest = (long) pause + more;

    assertThat(of(pause, longest).pauseMillis(tried, chance)).isBetween(pause / 2L, longest);
  }

  @Example
  void eachIsTwiceTheOneBeforeLessWhatChanceTakes() {
    RetryPolicy policy = of(1000, 5000);

    assertThat(policy.pauseMillis(0, 1)).isEqualTo(1000);
    assertThat(policy.pauseMillis(0, 0)).isEqualTo(500);
    assertThat(policy.pauseMillis(1, 1)).isEqualTo(2000);
    assertThat(policy.pauseMillis(2, 0.5)).isEqualTo(3000);
    assertThat(policy.pauseMillis(3, 1)).isEqualTo(5000);
    assertThat(policy.pauseMillis(Long.MAX_VALUE, 1)).isEqualTo(5000);
  }

  @Example
  void peopleReadIt() {
    assertThat(of(2000, 2000).words()).isEqualTo("every 2 s, at most 3 times");
    assertThat(of(500, 30_000).words())
        .isEqualTo("after 500 ms, later up to 30 s, at most 3 times");
    assertThat(
            new RetryPolicy(RetryPolicy.FOREVER, Duration.ofSeconds(1), Duration.ofSeconds(1), null)
                .words())
        .isEqualTo("every 1 s");
  }
}
