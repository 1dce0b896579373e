package dev.midge.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TallyTest {
  private final Tally tally = new Tally(Duration.ofSeconds(5));

  private void add(int times, CommandEnd end) {
    for (int i = 0; i < times; i++) {
      tally.add(end);
    }
  }

  @Test
  void nothingIsToldOfNoCommand() {
    assertThat(tally.text()).isNull();
    assertThat(tally.anyFailed()).isFalse();
  }

  @Test
  void statusesAreCountedInTheirOrder() {
    add(1, CommandEnd.ended(3));
    add(10, CommandEnd.ended(0));
    add(1, CommandEnd.TIMED_OUT);

    assertThat(tally.text())
        .isEqualTo("12 commands: 10 ended with 0, 1 with 3, 1 took longer than 5 s.");
    assertThat(tally.anyFailed()).isTrue();
  }

  @Test
  void oneCommandIsOne() {
    add(1, CommandEnd.ended(0));

    assertThat(tally.text()).isEqualTo("1 command: 1 ended with 0.");
    assertThat(tally.anyFailed()).isFalse();
  }

  @Test
  void whatWasStoppedHasNotFailed() {
    add(2, CommandEnd.STOPPED);

    assertThat(tally.text()).isEqualTo("2 commands: 2 were stopped.");
    assertThat(tally.anyFailed()).isFalse();
  }

  @Test
  void whatCouldNotBeStartedHas() {
    add(1, CommandEnd.NOT_STARTED);

    assertThat(tally.text()).isEqualTo("1 command: 1 could not be started.");
    assertThat(tally.anyFailed()).isTrue();
  }

  @Test
  void partsOfSecondsAreMilliseconds() {
    Tally quick = new Tally(Duration.ofMillis(1500));
    quick.add(CommandEnd.TIMED_OUT);

    assertThat(quick.text()).isEqualTo("1 command: 1 took longer than 1500 ms.");
  }
}
