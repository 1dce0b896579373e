package dev.midge.cli.options;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.net.ClientChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code --connect-timeout}: the time from the start to CONNACK, including name look-up, TLS and a
 * silent broker, whatever blocks. The job works on a thread of its own, which is interrupted and
 * left behind when its time is over; the thread that waits tells after a while what for. A plain
 * thread is what an ordinary publish can afford.
 */
public final class ConnectTimeout implements OptionTable.Source {
  /** The time after which a person is told what is waited for, in milliseconds. */
  public static final long LATE_MILLIS = 5000;

  private final boolean tellsDelays;
  private @Nullable Duration limit;
  private @Nullable Duration defaultLimit;
  private boolean expectsSuback;
  private boolean leftToTries;
  private String noDefault = "no limit";
  private volatile @Nullable ClientChannel channel;
  private volatile boolean connected;
  private volatile boolean subscribed;

  /** Hears of a job that takes long. */
  public interface DelayListener {
    /**
     * Takes the name of the event that the job waits for, such as CONNACK. Called on the thread
     * that waits for the job.
     */
    void waitingFor(String event);
  }

  /**
   * Makes one without a limit.
   *
   * @param tellsDelays whether a listener is told of delays
   */
  ConnectTimeout(boolean tellsDelays) {
    this.tellsDelays = tellsDelays;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.CONNECTION)
        .add(
            Option.value(
                    "SECONDS",
                    "no timeout",
                    "End with status 1 if the broker has not accepted the connection within that time (default: "
                        + (defaultLimit == null
                            ? noDefault + ")."
                            : defaultLimit.toSeconds() + "). 0 waits without a limit."),
                    this::limit,
                    "--connect-timeout")
                .own());
  }

  /** Sets the limit that applies unless the user gives another one. */
  public void limitByDefault(Duration time) {
    defaultLimit = time;
    limit = time;
  }

  /** Has the help say that the default is that of the command that connects at last. */
  public void describeAsThatOfTheCommand() {
    noDefault = "that of the command";
  }

  /** Makes a late SUBACK be told too; the limit does not apply to it. */
  public void expectSuback() {
    expectsSuback = true;
  }

  private void limit(String word) {
    int seconds =
        MidgeCompatibility.INSTANCE.number(
            word,
            0,
            Integer.MAX_VALUE,
            "Error: Invalid connect timeout \"{}\", it is a number of seconds from 0.",
            "");
    limit = seconds == 0 ? null : Duration.ofSeconds(seconds);
  }

  /**
   * Leaves the limit to each try of the job to connect.
   *
   * @return how long one may take; null for no limit
   */
  public @Nullable Duration leaveToTries() {
    leftToTries = true;
    return limit;
  }

  /** Returns how long a connection may take; null for no limit. */
  public @Nullable Duration limit() {
    return limit;
  }

  /** Returns how long all tries to connect may take; null for no limit. */
  public @Nullable Duration limitOfAll() {
    return leftToTries ? null : limit;
  }

  /** Tells whether there is a limit. */
  public boolean isGiven() {
    return limit != null;
  }

  /** Tells whether a CONNACK has come. */
  boolean hasConnected() {
    return connected;
  }

  /** Takes the channel that is being connected. */
  public void connecting(ClientChannel to) {
    channel = to;
  }

  /** Notes that CONNACK has come. */
  public synchronized void connected() {
    connected = true;
    notifyAll();
  }

  /** Notes that SUBACK has come. */
  public synchronized void subscribed() {
    subscribed = true;
    notifyAll();
  }

  /**
   * Does a job, which connects and may subscribe.
   *
   * @throws ConnectionFailure also when the time is over
   * @throws Exception what the job throws
   */
  public <T> T limit(Callable<T> task, DelayListener listener) throws Exception {
    if (!tellsDelays && !isGiven()) {
      return task.call();
    }
    Job<T> job = new Job<>(this, task);
    job.start();
    long start = System.nanoTime();
    Duration limitOfAll = limitOfAll();
    long most = limitOfAll == null ? Long.MAX_VALUE : limitOfAll.toMillis();
    if (tellsDelays && most > LATE_MILLIS && !isOver(job, start, LATE_MILLIS, false)) {
      listener.waitingFor(awaited(channel));
    }
    if (!isOver(job, start, most, false)) {
      job.interrupt(); // Else it could connect while the program ends.
      throw failure();
    }
    if (tellsDelays && expectsSuback && !isOver(job, System.nanoTime(), LATE_MILLIS, true)) {
      listener.waitingFor("SUBACK");
    }
    return job.result();
  }

  /**
   * Returns the event that a client waits for which has no CONNACK yet.
   *
   * @param current its channel; null when it has none yet
   */
  public static String awaited(@Nullable ClientChannel current) {
    String what = current == null ? null : current.awaited();
    return what == null ? "CONNACK" : what;
  }

  /** Waits for the end of the job, or CONNACK, or SUBACK; returns false when none came in time. */
  private synchronized boolean isOver(Job<?> job, long start, long millis, boolean suback)
      throws InterruptedException {
    while (!job.isDone() && !(suback ? subscribed : connected)) {
      long left = millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** Returns the failure of a connection that took too long. */
  public ConnectionFailure failure() {
    return ConnectionFailures.silent(limit == null ? Duration.ZERO : limit);
  }

  /** The job on its thread; whoever waits is woken at its end. */
  private static final class Job<T> extends Thread {
    private final Object waiting;
    private final Callable<T> task;
    private @Nullable T result;
    private @Nullable Throwable failure;
    private boolean done;

    Job(Object waiting, Callable<T> task) {
      super("midge job");
      this.waiting = waiting;
      this.task = task;
      setDaemon(true);
    }

    @Override
    public void run() {
      T returned = null;
      Throwable thrown = null;
      try {
        returned = task.call();
      } catch (Throwable e) {
        thrown = e;
      }
      synchronized (waiting) {
        result = returned;
        failure = thrown;
        done = true;
        waiting.notifyAll();
      }
    }

    boolean isDone() {
      synchronized (waiting) {
        return done;
      }
    }

    T result() throws Exception {
      synchronized (waiting) {
        while (!done) {
          waiting.wait();
        }
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof Exception exception) {
        throw exception;
      }
      return Objects.requireNonNull(result);
    }
  }
}
