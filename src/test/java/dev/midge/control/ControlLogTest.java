package dev.midge.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The log that is kept for those who ask: bounded, whoever reads or does not. */
class ControlLogTest {
  private final ControlLog log = new ControlLog();

  private void add(String text) {
    log.add(new LogLine(Instant.EPOCH, "notice", text));
  }

  @Test
  void keepsTheLastFiveHundredLines() {
    for (int i = 0; i < 700; i++) {
      add("line " + i);
    }
    assertThat(log.lines()).hasSize(500);
    assertThat(log.lines().get(0).text()).isEqualTo("line 200");
    assertThat(log.lines().get(499).text()).isEqualTo("line 699");
  }

  @Test
  void keepsFewerLinesWhenTheyAreLongAndTheLastInAnyCase() {
    for (int i = 0; i < 10; i++) {
      add("x".repeat(100_000));
    }
    assertThat(log.lines()).hasSize(2);
    add("y".repeat(1_000_000));
    assertThat(log.lines()).extracting(line -> line.text().length()).containsExactly(1_000_000);
  }

  @Test
  void aFollowerGetsEachLineOnceAndHearsHowManyItLost() throws Exception {
    add("before");
    ControlLog.Follower follower = log.follow();
    for (int i = 0; i < 1_005; i++) {
      add("line " + i);
    }
    assertThat(follower.before()).extracting(LogLine::text).containsExactly("before");
    for (int i = 0; i < 1_000; i++) {
      assertThat(follower.next().line().text()).isEqualTo("line " + i);
    }
    add("later");
    ControlLog.Entry later = follower.next();
    assertThat(later.line().text()).isEqualTo("later");
    assertThat(later.lost()).isEqualTo(5);
    follower.close();
    assertThat(follower.next()).isNull();

    add("after");
  }
}
