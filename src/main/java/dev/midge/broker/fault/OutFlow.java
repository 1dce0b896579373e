package dev.midge.broker.fault;

import dev.midge.broker.core.SeldomQueue;
import dev.midge.broker.core.Timers;
import dev.midge.fault.Direction;
import dev.midge.fault.plan.Shaping;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells how many of the bytes that wait for a client may be written, and which faults happen behind
 * which byte. Bytes are counted from the connection's first. Broker thread only.
 */
public final class OutFlow {

  /** Faults that happen when all bytes up to a number are written. */
  private record Cut(long at, List<Step> steps) {}

  private final Stops stops;
  private final LongSupplier clock;
  private final SeldomQueue<Cut> cuts = new SeldomQueue<>();
  private final Pace pace = new Pace();

  OutFlow(Stops stops, LongSupplier clock) {
    this.stops = stops;
    this.clock = clock;
  }

  /** Returns whether all may be written at once. */
  public boolean isFree() {
    return cuts.isEmpty() && pace.isFree() && !stops.stops(Direction.IN);
  }

  /** Returns whether nothing may be written, not even what a layer adds. */
  public boolean isStopped() {
    return stops.stops(Direction.IN);
  }

  /**
   * Returns how many bytes may be written now.
   *
   * @param written bytes that were written so far
   */
  public long allowance(long written) {
    if (isStopped()) {
      return 0;
    }
    Cut first = cuts.peekFirst();
    long cut = first == null ? Long.MAX_VALUE : Math.max(0, first.at - written);
    return Math.min(cut, pace.allowance(written, clock.getAsLong()));
  }

  /** Takes note of bytes that were written at once. */
  public void wrote(long bytes) {
    pace.passed(bytes, clock.getAsLong());
  }

  /**
   * Returns when more may be written than {@link #allowance} has told last, which may be over by
   * now; {@link Timers#NEVER} if that is no matter of time.
   */
  public long next() {
    return isStopped() ? Timers.NEVER : pace.next();
  }

  void shape(Shaping shaping) {
    pace.shape(shaping);
  }

  void added(long start, long end) {
    if (!pace.isFree() && end > start) {
      pace.add(start, end, clock.getAsLong());
    }
  }

  /** Plans faults behind the byte of that number, at the end of the cuts there are. */
  void cut(long at, List<Step> steps) {
    cuts.addLast(new Cut(at, steps));
  }

  /** Takes the faults of the first cut if all bytes before it are written. */
  @Nullable List<Step> takeReached(long written) {
    Cut first = cuts.peekFirst();
    if (first == null || first.at > written || isStopped()) {
      return null;
    }
    cuts.pollFirst();
    return first.steps;
  }
}
