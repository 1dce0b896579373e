package dev.midge.broker.core.router;

import dev.midge.broker.core.SideWork;
import dev.midge.testing.FakeTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/** Does side work at once, or when the test wants it. */
final class HeldSideWork implements SideWork {
  private final FakeTime time;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private boolean held;

  HeldSideWork(FakeTime time) {
    this.time = time;
  }

  @Override
  public void run(BooleanSupplier work, Answer answer) {
    waiting.add(() -> answer.given(work.getAsBoolean(), time.now()));
    if (!held) {
      release();
    }
  }

  /** From now on, work waits for {@link #release}. */
  void hold() {
    held = true;
  }

  int waiting() {
    return waiting.size();
  }

  /** Does all that waits, and what follows at once. */
  void release() {
    held = false;
    Runnable next;
    while ((next = waiting.poll()) != null) {
      next.run();
    }
  }
}
