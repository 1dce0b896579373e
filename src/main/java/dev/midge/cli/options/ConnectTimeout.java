package dev.midge.cli.options;

import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionSource;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.ConnectionFailure;
import dev.midge.net.ClientChannel;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * {@code --connect-timeout}: from the start to CONNACK, name look-up, TLS and a silent broker
 * included, whatever blocks. The job works on a thread of its own, which is left behind when its
 * time is over; the thread that waits says after a while what for. One bare thread is what an
 * ordinary publish can afford.
 */
public final class ConnectTimeout implements OptionSource {
  private static final long LATE_MILLIS = 5000;

  private final boolean aloud;
  private Duration limit;
  private Duration usual;
  private boolean subscribes;
  private volatile ClientChannel wire;
  private volatile boolean connected;
  private volatile boolean answered;

  /** Hears what a job waits for that takes long. */
  public interface Teller {
    void late(String what);
  }

  /**
   * @param aloud whether it is said what is waited for
   */
  ConnectTimeout(boolean aloud) {
    this.aloud = aloud;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.CONNECTION)
        .add(
            Option.value(
                "SECONDS",
                "no timeout",
                "End with status 1 if the broker has not accepted the connection by then (default: "
                    + (usual == null
                        ? "no limit)."
                        : usual.toSeconds() + "). 0 waits without a limit."),
                this::limit,
                "--connect-timeout"));
  }

  /** For a command that never waits without end unless the user wants it. */
  public void waitsUsually(Duration time) {
    usual = time;
    limit = time;
  }

  /** For a command that waits for SUBACK too: without a limit, but not without a word. */
  public void waitsForSuback() {
    subscribes = true;
  }

  private void limit(String word) {
    int seconds =
        Option.number(
            word,
            0,
            Integer.MAX_VALUE,
            "Error: Invalid connect timeout \"{}\", it is a number of seconds from 0.");
    limit = seconds == 0 ? null : Duration.ofSeconds(seconds);
  }

  /** How long a connection may take; null for no limit. */
  public Duration limit() {
    return limit;
  }

  public boolean isGiven() {
    return limit != null;
  }

  /** Whether a CONNACK has come. */
  boolean hasConnected() {
    return connected;
  }

  /** That wire is being connected. */
  public void connecting(ClientChannel to) {
    wire = to;
  }

  /** CONNACK has come. */
  public synchronized void connected() {
    connected = true;
    notifyAll();
  }

  /** SUBACK has come. */
  public synchronized void subscribed() {
    answered = true;
    notifyAll();
  }

  /**
   * Does the job.
   *
   * @throws ConnectionFailure also when the time is over
   * @throws Exception what the job throws
   */
  public <T> T limit(Callable<T> task, Teller teller) throws Exception {
    if (!aloud && !isGiven()) {
      return task.call();
    }
    Job<T> job = new Job<>(this, task);
    job.start();
    long start = System.nanoTime();
    long most = isGiven() ? limit.toMillis() : Long.MAX_VALUE;
    if (aloud && most > LATE_MILLIS && !isOver(job, start, LATE_MILLIS, false)) {
      teller.late(awaited());
    }
    if (!isOver(job, start, most, false)) {
      throw over();
    }
    if (aloud && subscribes && !isOver(job, System.nanoTime(), LATE_MILLIS, true)) {
      teller.late("SUBACK");
    }
    return job.result();
  }

  private String awaited() {
    ClientChannel current = wire;
    String what = current == null ? null : current.awaited();
    return what == null ? "CONNACK" : what;
  }

  /** Waits for the end of the job, or CONNACK, or SUBACK; returns false when none came in time. */
  private synchronized boolean isOver(Job<?> job, long start, long millis, boolean suback)
      throws InterruptedException {
    while (!job.isDone() && !(suback ? answered : connected)) {
      long left = millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** The failure of a connection that took too long. */
  public ConnectionFailure over() {
    return new ConnectionFailure(
        ConnectionFailure.Kind.SILENT,
        "Not connected within " + limit.toSeconds() + " s (--connect-timeout)");
  }

  /** The job on its thread; whoever waits is woken at its end. */
  private static final class Job<T> extends Thread {
    private final Object waiting;
    private final Callable<T> task;
    private T result;
    private Throwable failure;
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
      return result;
    }
  }
}
