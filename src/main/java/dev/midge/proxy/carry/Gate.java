package dev.midge.proxy.carry;

import dev.midge.fault.Direction;
import dev.midge.fault.plan.Due;
import dev.midge.fault.plan.Shaping;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one way on in a direction: counts bytes for faults, and writes them when and as faults let
 * them pass. One thread carries the direction's bytes; others may insert a packet.
 */
final class Gate {
  /** The time that an inserted packet waits for the end of the one that is being carried. */
  private static final long INSERT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Direction direction;
  private final LinkState state;
  private final Ends ends;
  private final ProxyContext around;
  private final ShapedWriter writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition betweenPackets = lock.newCondition();
  private Shaping shaping = Shaping.NONE;
  private @Nullable DelayLine delayed;
  private boolean withinPacket;

  Gate(Direction direction, LinkState state, Ends ends, ProxyContext around) {
    this.direction = direction;
    this.state = state;
    this.ends = ends;
    this.around = around;
    this.writer = new ShapedWriter(direction, state, ends, around);
  }

  /** Asks how the next writes are shaped; until then they are as before. */
  void refresh() {
    shaping = around.plan().isEmpty() ? Shaping.NONE : state.faults().shaping(direction);
  }

  /**
   * Writes bytes.
   *
   * @param wholePackets whether a packet ends with the last of them
   * @param due carries out what is due when so many bytes have passed
   */
  void write(byte[] bytes, int from, int length, boolean wholePackets, Consumer<List<Due>> due)
      throws IOException {
    lock.lock();
    try {
      int at = from;
      int end = from + length;
      while (at < end) {
        int piece = end - at;
        List<Due> dues = List.of();
        if (!around.plan().isEmpty()) {
          // Both directions may be counted together.
          synchronized (state.faults()) {
            piece = (int) Math.min(piece, state.faults().untilBytes(direction));
            dues = state.faults().bytes(direction, piece);
          }
        }
        put(bytes, at, piece);
        at += piece;
        withinPacket = at < end || !wholePackets;
        if (!dues.isEmpty()) {
          settle();
          due.accept(dues);
          refresh();
        }
      }
      if (!withinPacket) {
        betweenPackets.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void put(byte[] bytes, int from, int length) throws IOException {
    if (!around.plan().isEmpty()) {
      state.awaitPassage(direction);
      refresh(); // Who had to wait goes on as slowly as it is wanted by now.
    }
    if (delayed == null && shaping.delay().isZero()) {
      writer.write(bytes, from, length, shaping);
      return;
    }
    state.awaitPassage(direction);
    if (delayed == null) {
      delayed = new DelayLine(state, writer);
      delayed.start();
    }
    delayed.add(bytes, from, length, shaping);
  }

  /**
   * Writes a packet between two others.
   *
   * @return false when it is not possible, because one is being carried
   */
  boolean insert(byte[] packet) throws IOException {
    try {
      if (!lock.tryLock(INSERT_NANOS, TimeUnit.NANOSECONDS)) {
        return false;
      }
      try {
        // Whoever is in the middle of a packet itself would wait for itself.
        long left = lock.getHoldCount() > 1 ? 0 : INSERT_NANOS;
        while (withinPacket && left > 0) {
          left = betweenPackets.awaitNanos(left);
        }
        if (withinPacket) {
          return false;
        }
        put(packet, 0, packet.length);
        settle();
        return true;
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits until all is written that is delayed. */
  void settle() throws IOException {
    if (delayed != null) {
      delayed.settle();
    }
  }

  /** Ends the direction in order (TCP: FIN), behind all that was written. */
  void end() throws IOException {
    settle();
    state.awaitPassage(direction);
    ends.endOutput(direction);
  }
}
