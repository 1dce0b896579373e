package dev.midge.proxy.carry;

import dev.midge.fault.Direction;
import dev.midge.fault.plan.Shaping;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** Writes to the end that a direction leads to, as slowly as faults want. For one thread. */
final class ShapedWriter {
  /** A throttled direction writes about so often. */
  private static final int WRITES_PER_SECOND = 20;

  private final Direction direction;
  private final LinkState state;
  private final Ends ends;
  private final ProxyContext around;

  ShapedWriter(Direction direction, LinkState state, Ends ends, ProxyContext around) {
    this.direction = direction;
    this.state = state;
    this.ends = ends;
    this.around = around;
  }

  void write(byte[] bytes, int from, int length, Shaping first) throws IOException {
    int at = from;
    int end = from + length;
    Shaping shaping = first;
    while (at < end) {
      state.awaitPassage(direction);
      int piece = Math.min(end - at, piece(shaping));
      if (shaping.bytesPerSecond() < Long.MAX_VALUE) {
        state.pause(TimeUnit.SECONDS.toNanos(piece) / shaping.bytesPerSecond());
        state.awaitPassage(direction);
      }
      state.countBytes(direction, piece);
      around.listener().written(state.name(), direction, bytes, at, piece);
      OutputStream out = ends.target(direction).out();
      out.write(bytes, at, piece);
      out.flush(); // A piece of a packet must not wait for the next one.
      at += piece;
      if (at < end) {
        state.pause(shaping.pause().toNanos());
        // It may have been cleared: a slow write of many bytes must not go on for hours then.
        shaping = state.faults().shaping(direction);
      }
    }
  }

  private static int piece(Shaping shaping) {
    long rate = shaping.bytesPerSecond();
    long paced = rate == Long.MAX_VALUE ? rate : Math.max(1, rate / WRITES_PER_SECOND);
    return (int) Math.min(shaping.slice(), paced);
  }
}
