package dev.midge.client;

import dev.midge.client.FaultWatch.Strike;
import dev.midge.fault.plan.ConnectionFaults;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The thread that carries out the faults of one connection. It begins when there is something to be
 * carried out and ends when there is no more: a process may have thousands of connections whose
 * faults are yet to come.
 */
final class FaultThread {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long POLL_MILLIS = 10;

  private final FaultWatch watch;
  private final Carrier carrier;
  private CompletableFuture<@Nullable Void> timer = new CompletableFuture<>();
  private @Nullable Thread thread;
  private boolean over;

  /** Carries out. */
  interface Carrier {
    void carryOut(Strike strike) throws InterruptedException;
  }

  FaultThread(FaultWatch watch, Carrier carrier) {
    this.watch = watch;
    this.carrier = carrier;
  }

  /** Looks after the connection from now on. */
  void start() {
    watch.onStrike(this::wake);
  }

  /** Something has happened, or may have by the clock. Never waits. */
  private synchronized void wake() {
    if (thread == null && !over) {
      thread = new Thread(this::run, "midge fault");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Wakes the thread when the clock makes the next fault happen. */
  synchronized void schedule() {
    timer.cancel(false);
    long left = over ? ConnectionFaults.NEVER : watch.untilTime();
    if (left != ConnectionFaults.NEVER) {
      timer = new CompletableFuture<>();
      timer.completeOnTimeout(null, Math.max(left, 0), TimeUnit.NANOSECONDS).thenRun(this::wake);
    }
  }

  private void run() {
    boolean ended = false;
    try {
      for (Strike strike = next(); strike != null; strike = ended ? null : next()) {
        carrier.carryOut(strike);
        ended = strike.ends();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e); // Nobody interrupts.
    } finally {
      if (ended) {
        rest(true);
      }
    }
  }

  /** Returns what is to be carried out now; behind null the thread ends. */
  private @Nullable Strike next() {
    Strike strike = watch.next();
    if (strike != null) {
      return strike;
    }
    synchronized (this) { // Whoever adds one waits, and finds no thread.
      strike = watch.next();
      if (strike == null) {
        rest(false);
        schedule();
      }
      return strike;
    }
  }

  private synchronized void rest(boolean forGood) {
    over |= forGood;
    thread = null;
    notifyAll();
  }

  /** Waits until what has happened was carried out, unless this thread itself does that. */
  synchronized void settle() {
    long start = System.nanoTime();
    try {
      while (thread != Thread.currentThread()
          && (thread != null || !over && watch.isEnding())
          && System.nanoTime() - start < PATIENCE_NANOS) {
        wait(POLL_MILLIS); // The end of isEnding is not told.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
