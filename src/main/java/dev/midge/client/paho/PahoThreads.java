package dev.midge.client.paho;

import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.internal.CommsCallback;
import org.eclipse.paho.mqttv5.client.internal.CommsReceiver;
import org.eclipse.paho.mqttv5.client.internal.CommsSender;
import org.jspecify.annotations.Nullable;

/**
 * Cures that Paho sleeps 100 ms each time that it has started a thread, that nobody hears of a
 * thread that dies, that it interrupts the listener, and that its sender ends for good when it is
 * woken before CONNACK without a reason, as the JVM may do: nothing would be sent then. Holds the
 * threads of one connection, all daemons: whoever starts one is woken when it runs.
 */
final class PahoThreads extends ScheduledThreadPoolExecutor {

  private static final long POLL_NANOS = 50_000;

  private final Consumer<Throwable> onDeath;
  private final Runnable onReceiverEnd;
  private final BooleanSupplier over;

  /**
   * @param onDeath told when one of Paho's loops dies of something that Paho does not catch
   * @param onReceiverEnd run by Paho's receiver thread when Paho reads no more
   * @param over tells whether nothing is to be sent any more
   */
  PahoThreads(Consumer<Throwable> onDeath, Runnable onReceiverEnd, BooleanSupplier over) {
    super(1, task -> daemon(task));
    this.onDeath = onDeath;
    this.onReceiverEnd = onReceiverEnd;
    this.over = over;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "midge paho");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable task) {
    daemon(() -> guarded(task)).start();
  }

  /** Runs the task after so many milliseconds, unless the connection is over by then. */
  void later(Runnable task, long millis) {
    try {
      schedule(task, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException over) {
      // Nobody waits for it any more.
    }
  }

  @Override
  public Future<?> submit(Runnable task) {
    Thread starter = Thread.currentThread();
    Uninterrupted loop = new Uninterrupted(() -> guarded(task));
    daemon(loop).start();
    BooleanSupplier running = running(task);
    if (running != null) {
      execute(
          () -> {
            while (!running.getAsBoolean() && !loop.isDone()) {
              LockSupport.parkNanos(POLL_NANOS);
            }
            starter.interrupt();
          });
    }
    return loop;
  }

  private void guarded(Runnable task) {
    try {
      task.run();
      if (task instanceof CommsSender sender && !over.getAsBoolean()) {
        sender.start(Thread.currentThread().getName(), this);
      }
    } catch (Throwable death) {
      onDeath.accept(death);
    }
    if (task instanceof CommsReceiver) {
      onReceiverEnd.run();
    }
  }

  private static @Nullable BooleanSupplier running(Runnable task) {
    if (task instanceof CommsReceiver receiver) {
      return receiver::isRunning;
    }
    if (task instanceof CommsSender sender) {
      return sender::isRunning;
    }
    if (task instanceof CommsCallback callback) {
      return callback::isRunning;
    }
    return null;
  }

  /** Paho cancels its loops with an interrupt, which could hit the listener. */
  private static final class Uninterrupted extends FutureTask<@Nullable Void> {

    Uninterrupted(Runnable task) {
      super(task, null);
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      return super.cancel(false);
    }
  }
}
