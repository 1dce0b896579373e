package dev.midge.broker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.core.Timers;
import dev.midge.fault.plan.Shaping;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLI = 1_000_000L;

  private final Pace pace = new Pace();

  private static Shaping delay(long millis) {
    return new Shaping(Duration.ofMillis(millis), Long.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO);
  }

  @Test
  void withoutAShapeAllMayPass() {
    assertThat(pace.isFree()).isTrue();
    assertThat(pace.allowance(0, 0)).isEqualTo(Long.MAX_VALUE);
    assertThat(pace.next()).isEqualTo(Timers.NEVER);
  }

  @Test
  void bytesWaitForTheirDelayAndWhatWasThereBeforeDoesNot() {
    pace.shape(delay(100));
    pace.add(10, 30, 0);
    assertThat(pace.allowance(0, 0)).isEqualTo(10);
    assertThat(pace.allowance(10, 99 * MILLI)).isZero();
    assertThat(pace.next()).isEqualTo(100 * MILLI);
    assertThat(pace.allowance(10, 100 * MILLI)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatBecomesDueBehindTheLookIsComeBackFor() {
    pace.shape(delay(100));
    pace.add(0, 10, 0);
    pace.add(10, 20, 50 * MILLI);
    assertThat(pace.allowance(0, 99 * MILLI)).isZero();
    // However late the question comes.
    assertThat(pace.next()).isEqualTo(100 * MILLI);
    assertThat(pace.allowance(0, 120 * MILLI)).isEqualTo(10);
    assertThat(pace.next()).isEqualTo(150 * MILLI);
  }

  @Test
  void aShorterDelayDoesNotOvertake() {
    pace.shape(delay(100));
    pace.add(0, 10, 0);
    pace.shape(delay(10));
    pace.add(10, 20, 0);
    assertThat(pace.allowance(0, 50 * MILLI)).isZero();
    pace.shape(Shaping.NONE);
    pace.add(20, 30, 60 * MILLI);
    assertThat(pace.allowance(0, 60 * MILLI)).isZero();
    assertThat(pace.isFree()).isFalse();
    assertThat(pace.allowance(0, 100 * MILLI)).isEqualTo(Long.MAX_VALUE);
    assertThat(pace.allowance(30, 100 * MILLI)).isEqualTo(Long.MAX_VALUE);
    assertThat(pace.isFree()).isTrue();
  }

  @Test
  void aBandwidthIsHandedOutInPartsOfASecond() {
    pace.shape(new Shaping(Duration.ZERO, 2000, Integer.MAX_VALUE, Duration.ZERO));
    long now = 1000 * MILLI;
    long passed = 0;
    while (now < 3000 * MILLI) {
      long part = pace.allowance(passed, now);
      assertThat(part).isEqualTo(100);
      passed += part;
      pace.passed(part, now);
      assertThat(pace.allowance(passed, now + MILLI)).isLessThanOrEqualTo(100);
      now = Math.max(now + MILLI, pace.next() == Timers.NEVER ? 0 : pace.next());
    }
    assertThat(passed).isBetween(3900L, 4200L);
  }

  @Test
  void aPauseEndsWithTheFaultThatMadeIt() {
    pace.shape(new Shaping(Duration.ZERO, Long.MAX_VALUE, 3, Duration.ofHours(1)));
    pace.passed(3, 0);
    assertThat(pace.allowance(3, MILLI)).isZero();
    assertThat(pace.next()).isGreaterThan(1000 * MILLI);
    pace.shape(Shaping.NONE);
    assertThat(pace.isFree()).isTrue();
    assertThat(pace.next()).isEqualTo(Timers.NEVER);
    assertThat(pace.allowance(3, MILLI)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void slicesHaveAPauseBetweenThem() {
    pace.shape(new Shaping(Duration.ZERO, Long.MAX_VALUE, 3, Duration.ofMillis(10)));
    assertThat(pace.allowance(0, 0)).isEqualTo(3);
    long now = 1000 * MILLI;
    pace.passed(3, now);
    pace.passed(3, now);
    pace.passed(3, now);
    pace.passed(3, now);
    pace.passed(3, now);
    pace.passed(3, now);
    assertThat(pace.allowance(18, now)).isZero();
    assertThat(pace.next()).isGreaterThan(now);
  }
}
