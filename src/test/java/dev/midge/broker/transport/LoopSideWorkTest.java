package dev.midge.broker.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.core.BrokerObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopSideWorkTest {
  private final List<Throwable> told = new ArrayList<>();
  private final BrokerObserver observer =
      new BrokerObserver() {
        @Override
        public void internalError(String name, Throwable problem) {
          told.add(problem);
        }
      };

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
  void workThatFailsIsAnsweredByNo(Class<? extends Throwable> kind) throws Exception {
    Throwable planned = kind.getConstructor().newInstance();
    BooleanSupplier work =
        () -> {
          if (planned instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) planned;
        };
    Executor executor =
        each -> {
          try {
            each.run();
          } catch (Error e) {
            // The end of the executor's thread.
          }
        };
    SelectorLoop loop = new SelectorLoop(observer, executor, LoopClock.driven(0));
    List<Boolean> answers = new ArrayList<>();
    try {
      new LoopSideWork(loop, executor, observer).run(work, (yes, now) -> answers.add(yes));
      loop.turn(loop.socketNow());
    } finally {
      loop.close();
    }
    assertThat(answers).containsExactly(false);
    assertThat(told).containsExactly(planned);
  }
}
