package dev.midge.broker.fault;

import dev.midge.broker.core.Timers;
import dev.midge.fault.plan.ConnectionFaults;
import dev.midge.fault.plan.Due;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Waits for the faults of one connection that come with time. Broker thread only. */
final class TimedFaults {
  private final GateState state;
  private final Actions actions;
  private final Course course;
  private final Timers timers;
  private final LongSupplier clock;
  private Timers.@Nullable Timer timer;

  TimedFaults(GateState state, Actions actions, Course course, Timers timers, LongSupplier clock) {
    this.state = state;
    this.actions = actions;
    this.course = course;
    this.timers = timers;
    this.clock = clock;
  }

  /** Waits for the next fault; to be called again when the plan has changed. */
  void await() {
    cancel();
    long next = state.plan.isEmpty() ? ConnectionFaults.NEVER : state.faults.nextTime();
    if (next != ConnectionFaults.NEVER && !actions.isEnding()) {
      long wait = Math.max(0, next - state.plan.now());
      timer = timers.at(clock.getAsLong() + wait, now -> due());
    }
  }

  private void due() {
    if (actions.isEnding()) {
      return;
    }
    List<Due> due = state.touched(state.faults.time());
    if (!due.isEmpty()) {
      course.run(Step.all(due));
    }
    await();
  }

  void cancel() {
    timers.cancel(timer);
    timer = null;
  }
}
