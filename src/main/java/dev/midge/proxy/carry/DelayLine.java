package dev.midge.proxy.carry;

import dev.midge.fault.plan.Shaping;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes for the time of a delay, and writes them on a thread of its own, so that what comes
 * meanwhile is not delayed twice. One thread adds.
 */
final class DelayLine {
  /** The bytes that are on their way at most; whoever adds more waits. */
  private static final long MOST = 16 * 1024 * 1024;

  private final LinkState state;
  private final ShapedWriter writer;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private long kept;
  private long lastDue;
  private boolean writing;
  private @Nullable IOException failure;

  private record Piece(byte[] bytes, long due, Shaping shaping) {}

  DelayLine(LinkState state, ShapedWriter writer) {
    this.state = state;
    this.writer = writer;
    this.lastDue = System.nanoTime();
  }

  /** Begins to write. */
  void start() {
    ProxyThread.start("delay", this::run);
  }

  /** Adds bytes behind those that are there; they are not due before these. */
  synchronized void add(byte[] bytes, int from, int length, Shaping shaping) throws IOException {
    while (kept > MOST) {
      await();
    }
    check();
    long due = System.nanoTime() + shaping.delay().toNanos();
    lastDue = due - lastDue > 0 ? due : lastDue;
    pieces.add(new Piece(Arrays.copyOfRange(bytes, from, from + length), lastDue, shaping));
    kept += length;
    notifyAll();
  }

  /** Waits until all is written. */
  synchronized void settle() throws IOException {
    while (writing || !pieces.isEmpty()) {
      check();
      await();
    }
    check();
  }

  private void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (state.isOver()) {
      throw new StoppedException();
    }
  }

  private void await() throws IOException {
    try {
      wait(100); // The end of the connection is told to the state alone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
    check();
  }

  private void run() {
    try {
      while (true) {
        Piece piece = next();
        long left = piece.due - System.nanoTime();
        if (left > 0) {
          state.pause(left);
        }
        writer.write(piece.bytes, 0, piece.bytes.length, piece.shaping);
        done(piece.bytes.length);
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private synchronized Piece next() throws IOException {
    while (pieces.isEmpty()) {
      await();
    }
    writing = true;
    return pieces.remove();
  }

  private synchronized void done(int length) {
    writing = false;
    kept -= length;
    notifyAll();
  }

  private synchronized void failed(IOException e) {
    failure = e;
    notifyAll();
  }
}
