package dev.midge.lwt.peer;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Holds what a subscriber has received on one topic, in order. Filled by the thread that reads,
 * emptied by the thread of the row.
 */
public final class Inbox {
  /**
   * A message and the time of its arrival.
   *
   * @param message null for one that breaks the protocol
   * @param broken how it breaks it; null for one that does not
   * @param nanos by {@link System#nanoTime}
   */
  public record Arrival(Message message, String broken, long nanos) {
    public Duration since(long earlier) {
      return Duration.ofNanos(Math.max(0, nanos - earlier));
    }

    public String words() {
      return broken == null ? PacketText.message(message) : broken;
    }
  }

  private final List<Arrival> arrivals = new ArrayList<>();
  private int taken;
  private ConnectionFailure lost;
  private boolean closed;

  public synchronized void add(Arrival arrival) {
    if (!closed) {
      arrivals.add(arrival);
      notifyAll();
    }
  }

  /** The subscriber has lost its connection: nothing will come any more. */
  public synchronized void lose(ConnectionFailure why) {
    lost = why;
    notifyAll();
  }

  /** Passes over what comes from now on, such as the message that clears a retained one. */
  public synchronized void close() {
    closed = true;
  }

  /**
   * Takes the next message.
   *
   * @param deadline by {@link System#nanoTime}
   * @return null when none has come by then
   * @throws ConnectionFailure when the subscriber has lost its connection
   */
  public Arrival take(long deadline) throws ConnectionFailure, InterruptedException {
    return take(arrival -> true, deadline);
  }

  /** Takes the next message of that kind, and passes over those before it. */
  public synchronized Arrival take(Predicate<Arrival> wanted, long deadline)
      throws ConnectionFailure, InterruptedException {
    while (true) {
      while (taken < arrivals.size()) {
        Arrival next = arrivals.get(taken++);
        if (wanted.test(next)) {
          return next;
        }
      }
      if (lost != null) {
        throw lost;
      }
      long left = (deadline - System.nanoTime() + 999_999) / 1_000_000;
      if (left <= 0) {
        return null;
      }
      wait(left);
    }
  }

  /** Takes all that has come and was not taken. */
  public synchronized List<Arrival> takeRest() {
    List<Arrival> rest = List.copyOf(arrivals.subList(taken, arrivals.size()));
    taken = arrivals.size();
    return rest;
  }
}
