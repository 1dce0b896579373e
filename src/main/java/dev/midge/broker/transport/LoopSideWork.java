package dev.midge.broker.transport;

import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.SideWork;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** Does side work on an executor, and gives the answers in turns of the loop. */
record LoopSideWork(SelectorLoop loop, Executor executor, BrokerObserver observer)
    implements SideWork {

  @Override
  public void run(BooleanSupplier work, Answer answer) {
    executor.execute(() -> post(work, answer));
  }

  private void post(BooleanSupplier work, Answer answer) {
    boolean yes;
    try {
      yes = work.getAsBoolean();
    } catch (RuntimeException | Error e) {
      loop.post(
          stopped -> {
            observer.internalError("a password", e);
            give(answer, false, stopped);
          });
      return;
    }
    loop.post(stopped -> give(answer, yes, stopped));
  }

  private void give(Answer answer, boolean yes, boolean stopped) {
    if (!stopped) {
      answer.given(yes, loop.now());
    }
  }
}
