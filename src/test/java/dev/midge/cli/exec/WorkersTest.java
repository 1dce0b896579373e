package dev.midge.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.client.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final Workers workers = new Workers(2);

  private CountDownLatch begin() {
    CountDownLatch over = new CountDownLatch(1);
    workers.awaitRoom();
    workers.begin(
        () -> {
          over.await();
          return DONE;
        });
    return over;
  }

  @Test
  void aTaskThatFindsNoThreadIsNotWaitedFor() throws Exception {
    OutOfMemoryError none = new OutOfMemoryError("unable to create native thread");
    Workers without =
        new Workers(
            1,
            task -> {
              throw none;
            });

    assertThatThrownBy(() -> without.begin(() -> DONE)).isSameAs(none);
    without.awaitRest();
    without.awaitRoom();
  }

  @Test
  void aTaskThatFailsAsNoneShouldStopsAllAndIsTold() throws Exception {
    StopSignal stop = new StopSignal();
    workers.endWith(stop);
    CountDownLatch over = begin();
    OutOfMemoryError failure = new OutOfMemoryError("unable to create native thread");
    workers.begin(
        () -> {
          throw failure;
        });

    stop.requested().get(30, TimeUnit.SECONDS);
    assertThat(workers.settled()).isCancelled();
    over.countDown();
    assertThatThrownBy(workers::awaitRest).isSameAs(failure);
  }

  @Test
  void onlySoManyWorkAtTheSameTime() {
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (int i = 0; i < 50; i++) {
      workers.awaitRoom();
      workers.begin(
          () -> {
            most.accumulateAndGet(working.incrementAndGet(), Math::max);
            Thread.yield();
            working.decrementAndGet();
            return DONE;
          });
    }
    Awaitility.await().until(() -> workers.settled().isDone());

    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void allBeforeHaveToBeDone() throws Exception {
    CountDownLatch first = begin();
    CompletableFuture<Void> firstSettled = workers.settled();
    CountDownLatch second = begin();
    CompletableFuture<Void> bothSettled = workers.settled();
    second.countDown();
    workers.awaitRoom();

    assertThat(bothSettled).isNotDone();
    first.countDown();
    firstSettled.get();
    bothSettled.get();
    assertThat(workers.settled()).isCompleted();
  }

  @Test
  void whatIsDoneLaterTakesNoPlace() throws Exception {
    List<CompletableFuture<Void>> later = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      CompletableFuture<Void> rest = new CompletableFuture<>();
      later.add(rest);
      workers.awaitRoom();
      workers.begin(() -> rest);
    }
    CompletableFuture<Void> settled = workers.settled();
    workers.awaitRest();

    assertThat(settled).isNotDone();
    later.forEach(rest -> rest.complete(null));
    settled.get();
  }

  @Test
  void aStopEndsTheWaitingForRoomAndWhatIsNotDoneNeverIs() {
    CountDownLatch first = begin();
    CountDownLatch second = begin();
    CompletableFuture<Void> settled = workers.settled();
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(workers::awaitRoom);
    workers.stop();

    waiting.join();
    assertThat(settled).isCompletedExceptionally();
    first.countDown();
    second.countDown();
    assertThat(workers.settled()).isCompletedExceptionally();
  }
}
