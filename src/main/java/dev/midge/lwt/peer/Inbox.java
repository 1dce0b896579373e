package dev.midge.lwt.peer;

import dev.midge.client.ConnectionFailure;
import dev.midge.mqtt.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Holds the messages that a subscriber has received on one topic, in order. Filled by the thread
 * that reads, emptied by the thread of the row.
 */
public final class Inbox {
  /**
   * A message and the time of its arrival.
   *
   * @param message null for one that breaks the protocol
   * @param broken the way in which it breaks the protocol; null for one that does not
   * @param nanos by {@link System#nanoTime}
   */
  public record Arrival(@Nullable Message message, @Nullable String broken, long nanos) {
    /** Returns the time from an earlier moment, by {@link System#nanoTime}, to the arrival. */
    public Duration since(long earlier) {
      return Duration.ofNanos(Math.max(0, nanos - earlier));
    }

    /** Returns a description without the topic. */
    public String text() {
      return broken == null ? PacketText.message(Objects.requireNonNull(message)) : broken;
    }

    /** Returns whether topic, payload, QoS and retain flag are those; properties may differ. */
    public boolean is(Message expected) {
      return message != null
          && message.topic().equals(expected.topic())
          && hasPayload(expected.payload())
          && message.qos() == expected.qos()
          && message.retain() == expected.retain();
    }

    /** Returns whether the payload is that one. */
    public boolean hasPayload(byte[] payload) {
      return message != null && Arrays.equals(message.payload(), payload);
    }
  }

  private final List<Arrival> arrivals = new ArrayList<>();
  private int taken;
  private @Nullable ConnectionFailure lost;
  private boolean closed;

  synchronized void add(Arrival arrival) {
    if (!closed) {
      arrivals.add(arrival);
      notifyAll();
    }
  }

  /** Ends all waiting, now and later: the subscriber has lost its connection. */
  synchronized void lose(ConnectionFailure cause) {
    lost = cause;
    notifyAll();
  }

  /** Ignores all messages from now on, such as the one that clears a retained message. */
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
  public @Nullable Arrival take(long deadline) throws ConnectionFailure, InterruptedException {
    return take(arrival -> true, deadline);
  }

  /**
   * Takes the next message, from now on.
   *
   * @return null when none has come in that time
   */
  public @Nullable Arrival take(Duration limit) throws ConnectionFailure, InterruptedException {
    return take(System.nanoTime() + limit.toNanos());
  }

  /** Takes the next message that meets a condition, and drops those before it. */
  public synchronized @Nullable Arrival take(Predicate<Arrival> wanted, long deadline)
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

  /** Takes all messages that have come and were not taken. */
  public synchronized List<Arrival> takeRest() {
    List<Arrival> rest = List.copyOf(arrivals.subList(taken, arrivals.size()));
    taken = arrivals.size();
    return rest;
  }
}
