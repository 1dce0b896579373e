package dev.midge.fault.channel;

import dev.midge.fault.Direction;
import dev.midge.fault.plan.Shaping;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds the bytes of one direction until they may pass, in order. One thread puts, another takes;
 * any may end it.
 */
final class PacedQueue {
  /** Beyond so many bytes whoever puts has to wait. */
  private static final int CAPACITY = 1024 * 1024;

  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int STUCK_LOOKS = 10;

  private final Pacing pacing;
  private final Direction direction;
  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private int size;
  private int passing;
  private long passingSince;
  private long lastDue = System.nanoTime();
  private long nextPortion = System.nanoTime();
  private boolean ended;
  private @Nullable IOException failure;
  private boolean dropped;

  /** Bytes with the time from which they may pass. */
  private record Chunk(byte[] bytes, long due, Shaping shaping) {}

  PacedQueue(Pacing pacing, Direction direction) {
    this.pacing = pacing;
    this.direction = direction;
  }

  /** Adds bytes; waits while there are many. They are dropped after {@link #drop}. */
  synchronized void put(byte[] bytes, int offset, int length) throws IOException {
    while (size > 0 && size + length > CAPACITY && !dropped && failure == null) {
      await(0);
    }
    if (failure != null) {
      throw failure;
    }
    if (dropped || length == 0) {
      return;
    }
    Shaping shaping = pacing.now(direction);
    long due = System.nanoTime() + shaping.delay().toNanos();
    lastDue = due - lastDue > 0 ? due : lastDue; // The order is kept, whatever the jitter.
    chunks.add(new Chunk(Arrays.copyOfRange(bytes, offset, offset + length), lastDue, shaping));
    size += length;
    notifyAll();
  }

  /** No more bytes come; whoever takes is told when the others have passed. */
  synchronized void end(@Nullable IOException why) {
    ended = true;
    failure = why;
    notifyAll();
  }

  /** The end that takes has failed: whoever puts is told. */
  synchronized void fail(IOException why) {
    failure = why;
    dropped = true;
    chunks.clear();
    size = 0;
    notifyAll();
  }

  /** Throws away what waits, and what is put from now on. */
  synchronized void drop() {
    dropped = true;
    chunks.clear();
    size = 0;
    notifyAll();
  }

  /** Waits until all that was put has passed, or the peer has taken nothing for a second. */
  synchronized void awaitEmpty() throws IOException {
    int looks = 0; // While the machine itself stands still, time passes without them.
    while (size + passing > 0 && !dropped && (looks < STUCK_LOOKS || !isStuck())) {
      long since = passingSince;
      await(POLL_NANOS);
      looks = passing > 0 && passingSince == since ? looks + 1 : 0;
    }
  }

  private boolean isStuck() {
    return passing > 0 && System.nanoTime() - passingSince > STUCK_NANOS;
  }

  /**
   * Returns bytes that may pass now; waits for them.
   *
   * @param most at least 1
   * @return null at the end
   */
  synchronized byte @Nullable [] take(int most) throws IOException {
    passing = 0;
    notifyAll();
    while (!dropped) {
      Chunk first = chunks.peek();
      if (first == null) {
        long dark = pacing.darkUntil() - System.nanoTime();
        if (ended && dark <= 0) {
          if (failure != null) {
            throw failure;
          }
          return null;
        }
        await(ended ? dark : 0);
        continue;
      }
      long left = left(first);
      if (left <= 0) {
        return portion(first, most);
      }
      await(left);
    }
    return null;
  }

  private long left(Chunk chunk) {
    long now = System.nanoTime();
    return Math.max(Math.max(chunk.due() - now, pacing.darkUntil() - now), nextPortion - now);
  }

  private byte[] portion(Chunk chunk, int most) {
    chunks.remove();
    byte[] bytes = chunk.bytes();
    int count = Math.min(bytes.length, Math.min(most, Pacing.portion(chunk.shaping())));
    if (count < bytes.length) {
      byte[] rest = Arrays.copyOfRange(bytes, count, bytes.length);
      chunks.addFirst(new Chunk(rest, chunk.due(), chunk.shaping()));
    }
    size -= count;
    passing = count;
    passingSince = System.nanoTime();
    nextPortion = System.nanoTime() + Pacing.pauseAfter(chunk.shaping(), count);
    return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
  }

  private void await(long nanos) throws IOException {
    try {
      if (nanos == 0) {
        wait();
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, 1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
