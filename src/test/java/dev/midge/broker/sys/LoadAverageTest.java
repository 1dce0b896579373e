package dev.midge.broker.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The moving averages of {@code $SYS/broker/load}. */
class LoadAverageTest {
  private final LoadAverage load = new LoadAverage();

  @Test
  void beginsWithZero() {
    assertThat(load.text(0)).isEqualTo("0.00");
  }

  @Test
  void approachesWhatComesInAMinute() {
    load.update(10, 10);
    // 60 a minute: 60 * (1 - e^(-10/T)) for T = 60, 300, 900
    assertThat(load.text(0)).isEqualTo("9.21");
    assertThat(load.text(1)).isEqualTo("1.97");
    assertThat(load.text(2)).isEqualTo("0.66");
    load.update(10, 10);
    // nothing since: the last value * e^(-10/T)
    assertThat(load.text(0)).isEqualTo("7.80");
    assertThat(load.text(1)).isEqualTo("1.90");
    assertThat(load.text(2)).isEqualTo("0.66");
  }

  @Test
  void staysAtWhatAlwaysComes() {
    for (int minute = 1; minute <= 120; minute++) {
      load.update(minute * 7L, 60);
    }
    assertThat(load.text(0)).isEqualTo("7.00");
    assertThat(load.text(1)).isEqualTo("7.00");
    assertThat(load.text(2)).isEqualTo("7.00");
  }

  @Test
  void writesTwoDecimalsWhateverTheNumber() {
    load.update(1_000_000_000_000L, 60);
    // 10^12 * (1 - 1/e)
    assertThat(load.text(0)).isEqualTo("632120558828.56");
    LoadAverage little = new LoadAverage();
    little.update(1, 1200);
    assertThat(little.text(0)).isEqualTo("0.05");
  }
}
