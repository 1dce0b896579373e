package dev.midge.broker;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An executor that is made when it is first needed. Broker thread only. */
final class LazyExecutor implements Executor {
  private final Supplier<ExecutorService> maker;
  private @Nullable ExecutorService made;

  LazyExecutor(Supplier<ExecutorService> maker) {
    this.maker = maker;
  }

  @Override
  public void execute(Runnable work) {
    if (made == null) {
      made = maker.get();
    }
    made.execute(work);
  }

  void shutdownNow() {
    if (made != null) {
      made.shutdownNow();
    }
  }
}
