package dev.midge.broker.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {
  private final Timers timers = new Timers();
  private final List<String> run = new ArrayList<>();

  private Timers.Timer at(long due, String name) {
    return timers.at(due, now -> run.add(name + "@" + now));
  }

  @Test
  void actionsRunInOrderOfTimeAndThoseOfOneTimeInTheOrderInWhichTheyWerePlanned() {
    at(5, "c");
    at(3, "a");
    at(3, "b");
    at(9, "late");
    assertThat(timers.next()).isEqualTo(3);
    timers.runDue(5);
    assertThat(run).containsExactly("a@5", "b@5", "c@5");
    assertThat(timers.next()).isEqualTo(9);
  }

  @Test
  void whatIsCancelledNeitherRunsNorCountsAsNext() {
    Timers.Timer first = at(1, "first");
    at(2, "second");
    timers.cancel(first);
    timers.cancel(first);
    timers.cancel(null);
    assertThat(timers.next()).isEqualTo(2);
    timers.runDue(2);
    timers.cancel(first);
    assertThat(run).containsExactly("second@2");
    assertThat(timers.next()).isEqualTo(Timers.NEVER);
  }

  @Test
  void ofThousandsThatAreCancelledInAnyOrderTheOthersRun() {
    List<Timers.Timer> planned = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      planned.add(at(i * 7919 % 5_000, String.valueOf(i * 7919 % 5_000)));
    }
    for (int i = 0; i < 5_000; i++) {
      if (i % 10 != 0) {
        timers.cancel(planned.get(i));
      }
    }
    timers.runDue(5_000);
    assertThat(run).hasSize(500).isSortedAccordingTo((a, b) -> Long.compare(time(a), time(b)));
    assertThat(timers.next()).isEqualTo(Timers.NEVER);
  }

  private static long time(String text) {
    return Long.parseLong(text.substring(0, text.indexOf('@')));
  }

  @Test
  void anActionMayCancelTheNextAndPlanOthers() {
    Timers.Timer[] next = new Timers.Timer[1];
    timers.at(
        1,
        now -> {
          timers.cancel(next[0]);
          at(2, "planned");
        });
    next[0] = at(1, "cancelled");
    timers.runDue(2);
    assertThat(run).containsExactly("planned@2");
  }

  @Test
  void oneThatThrowsIsNotRunAgain() {
    timers.at(
        1,
        now -> {
          throw new IllegalStateException("broken");
        });
    at(1, "other");
    assertThatThrownBy(() -> timers.runDue(1)).hasMessage("broken");
    timers.runDue(1);
    assertThat(run).containsExactly("other@1");
  }

  @Test
  void whatIsDueNeverIsNoMatterOfTime() {
    Timers.Timer timer = at(Timers.NEVER, "never");
    assertThat(timers.next()).isEqualTo(Timers.NEVER);
    timers.cancel(timer);
    timers.runDue(1_000);
    assertThat(run).isEmpty();
    assertThat(timer.due()).isEqualTo(Timers.NEVER);
  }
}
