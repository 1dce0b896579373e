package dev.midge.client.paho;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PahoThreadsTest {

  private final List<Throwable> deaths = new CopyOnWriteArrayList<>();
  private final PahoThreads threads = new PahoThreads(deaths::add, () -> {}, () -> true);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void theDeathOfALoopIsTold() {
    NegativeArraySizeException death = new NegativeArraySizeException();
    Runnable loop =
        () -> {
          throw death;
        };
    threads.submit(loop);

    Awaitility.await().until(() -> deaths.equals(List.of(death)));
  }

  @Test
  void soIsThatOfAnythingElseThatPahoDoes() {
    OutOfMemoryError death = new OutOfMemoryError("unable to create native thread");
    threads.execute(
        () -> {
          throw death;
        });

    Awaitility.await().until(() -> deaths.equals(List.of(death)));
  }

  @Test
  void aLoopThatIsCancelledIsNotInterrupted() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    AtomicBoolean ended = new AtomicBoolean();
    Runnable loop =
        () -> {
          running.countDown();
          try {
            mayEnd.await();
          } catch (InterruptedException e) {
            interrupted.set(true);
          }
          ended.set(true);
        };
    Future<?> future = threads.submit(loop);
    running.await();
    future.cancel(true);
    mayEnd.countDown();

    Awaitility.await().untilTrue(ended);
    assertThat(interrupted).isFalse();
  }

  @Test
  void itsThreadsAreDaemons() {
    AtomicBoolean daemon = new AtomicBoolean();
    threads.execute(() -> daemon.set(Thread.currentThread().isDaemon()));

    Awaitility.await().untilTrue(daemon);
  }
}
