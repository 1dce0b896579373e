package dev.midge.proxy.carry;

import dev.midge.fault.plan.ConnectionFaults;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.proxy.event.ProxyConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The open connections of a proxy, and the clock of their faults, on a thread of its own. For all
 * threads.
 */
public final class Connections {
  /** A clock that wakes up too early would look again and again. */
  private static final long SHORTEST_NANOS = 100_000;

  private static final long CLOSE_MILLIS = 5_000;

  private final FaultPlan plan;
  private final List<Connection> open = new ArrayList<>();
  private boolean closed;
  private boolean changed;

  /** Makes an empty list. */
  public Connections(FaultPlan plan) {
    this.plan = plan;
  }

  /** Begins to look at the clock. */
  public void start() {
    plan.onChange(this::changed);
    ProxyThread.start("clock", this::watch);
  }

  /** Adds a connection; returns false when no more are wanted. */
  public synchronized boolean add(Connection connection) {
    return !closed && open.add(connection);
  }

  public synchronized void remove(Connection connection) {
    open.remove(connection);
    notifyAll();
  }

  /** Faults may be due at another time than before. */
  public synchronized void changed() {
    changed = true;
    notifyAll();
  }

  /** Returns the open connections as they are now, in the order in which they came. */
  public List<ProxyConnection> now() {
    List<ProxyConnection> all = new ArrayList<>();
    for (Connection connection : all()) {
      if (!connection.isOver()) {
        all.add(connection.now());
      }
    }
    all.sort(Comparator.comparing(connection -> connection.name().number()));
    return all;
  }

  /** Returns the connections of a client, the last one first; they may be over. */
  public List<Connection> of(String client) {
    List<Connection> found = new ArrayList<>();
    for (Connection connection : all()) {
      if (client.equals(connection.now().name().client())) {
        found.add(0, connection);
      }
    }
    return found;
  }

  private synchronized List<Connection> all() {
    return List.copyOf(open);
  }

  /** Ends all connections in order and waits until they are gone, for some seconds at most. */
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    for (Connection connection : all()) {
      ProxyThread.start("end", connection::close);
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
    try {
      synchronized (this) {
        long left = CLOSE_MILLIS;
        while (!open.isEmpty() && left > 0) {
          wait(left);
          left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try {
      while (awaitNextLook()) {
        long now = System.nanoTime();
        for (Connection connection : all()) {
          long next = connection.nextTime();
          if (next != ConnectionFaults.NEVER && next - now <= 0) {
            connection.time();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns false when the clock is needed no more. */
  private synchronized boolean awaitNextLook() throws InterruptedException {
    if (!closed && !changed) {
      long next = nextTime();
      if (next == ConnectionFaults.NEVER) {
        wait();
      } else {
        long nanos = Math.max(next - System.nanoTime(), SHORTEST_NANOS);
        TimeUnit.NANOSECONDS.timedWait(this, nanos);
      }
    }
    changed = false;
    return !closed;
  }

  private long nextTime() {
    long least = ConnectionFaults.NEVER;
    for (Connection connection : open) {
      least = Math.min(least, connection.nextTime());
    }
    return least;
  }
}
