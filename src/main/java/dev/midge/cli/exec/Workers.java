package dev.midge.cli.exec;

import dev.midge.client.MessageListener;
import dev.midge.client.StopSignal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does tasks in the order in which they come, only so many at the same time, and tells up to which
 * one all are done. One thread hands over tasks.
 */
final class Workers {
  /** The time for those that are stopped, whose output may be blocked. */
  private static final long PATIENCE_MILLIS = 5000;

  private final int most;
  private final ExecutorService threads;
  private final TreeSet<Long> undone = new TreeSet<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long last;
  private int running;
  private boolean stopped;
  private Runnable onFailure = () -> {};
  private @Nullable Throwable failure;

  /** Waits until the tasks up to one are done. */
  private record Waiting(long upTo, CompletableFuture<@Nullable Void> done) {}

  /** A task. */
  interface Task {
    /**
     * Does it.
     *
     * @return completes when it is done; what may take long after this returns takes no place
     */
    CompletionStage<?> run() throws InterruptedException;
  }

  /**
   * @param most the number of tasks at the same time
   */
  Workers(int most) {
    this(
        most,
        task -> {
          Thread daemon = new Thread(task, "midge exec");
          daemon.setDaemon(true);
          return daemon;
        });
  }

  /**
   * @param factory makes the threads
   */
  Workers(int most, ThreadFactory factory) {
    this.most = most;
    this.threads = Executors.newCachedThreadPool(factory);
  }

  /** Is stopped by that signal, and requests it when a task fails in a way that none should. */
  void endWith(StopSignal signal) {
    onFailure = signal::request;
    signal.requested().thenRun(this::stop);
  }

  /** Waits until a task can begin at once, or none will any more. */
  synchronized void awaitRoom() {
    try {
      while (!stopped && running >= most) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Whoever reads is to end.
    }
  }

  void begin(Task task) {
    long number;
    synchronized (this) {
      number = ++last;
      undone.add(number);
      running++;
    }
    boolean begun = false;
    try {
      threads.execute(() -> work(number, task));
      begun = true;
    } finally {
      if (!begun) { // There is no thread for it. It is never done, but does not work either.
        leave();
      }
    }
  }

  private void work(long number, Task task) {
    try {
      CompletionStage<?> rest = task.run();
      rest.whenComplete((all, failure) -> done(number));
    } catch (CancellationException over) {
      // The job is over, and the task is never done.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Nor is it then.
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      leave();
    }
  }

  private void fail(Throwable why) {
    synchronized (this) {
      failure = failure == null ? why : failure;
    }
    stop();
    onFailure.run();
  }

  private synchronized void leave() {
    running--;
    notifyAll();
  }

  private void done(long number) {
    Deque<Waiting> due = new ArrayDeque<>();
    synchronized (this) {
      undone.remove(number);
      while (!waiting.isEmpty() && isDone(waiting.element().upTo)) {
        due.add(waiting.remove());
      }
    }
    due.forEach(one -> one.done.complete(null));
  }

  private boolean isDone(long upTo) {
    return undone.isEmpty() || undone.first() > upTo;
  }

  /** Completes when all tasks until now are done; exceptionally when they are stopped before. */
  synchronized CompletableFuture<@Nullable Void> settled() {
    if (stopped) {
      return CompletableFuture.failedFuture(new CancellationException());
    }
    if (undone.isEmpty()) {
      return MessageListener.SETTLED;
    }
    Waiting asked = waiting.peekLast();
    if (asked == null || asked.upTo != last) {
      asked = new Waiting(last, new CompletableFuture<>());
      waiting.add(asked);
    }
    return asked.done;
  }

  /** Counts every message that is not done now as never done. */
  void stop() {
    Deque<Waiting> all;
    synchronized (this) {
      stopped = true;
      all = new ArrayDeque<>(waiting);
      waiting.clear();
      notifyAll();
    }
    all.forEach(one -> one.done.cancel(false));
  }

  /**
   * Waits until no task works any more; once they are stopped, not without end.
   *
   * @throws RuntimeException that of a task, as an {@link Error} of one is thrown too
   */
  synchronized void awaitRest() throws InterruptedException {
    while (running > 0 && !stopped) {
      wait();
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    for (long left = PATIENCE_MILLIS; running > 0 && left > 0; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException unexpected) {
      throw unexpected;
    }
  }
}
