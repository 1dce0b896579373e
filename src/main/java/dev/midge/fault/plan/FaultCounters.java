package dev.midge.fault.plan;

import dev.midge.fault.EffectKind;
import dev.midge.fault.Moment;
import org.jspecify.annotations.Nullable;

/** Counts, for one fault on one connection, what its moment depends on. */
final class FaultCounters {
  /** A time that never comes, a number that is never reached. */
  static final long NEVER = Long.MAX_VALUE;

  private long packets;
  private long bytes;
  private long ticks;
  private boolean once;
  private boolean active;

  /** Returns the number of the packet, from 1. */
  long next() {
    return ++packets;
  }

  /** Counts bytes of which it is not known yet whether the fault concerns their connection. */
  void early(long more) {
    bytes += more;
  }

  /** Counts bytes; returns whether the number has been reached, the first time. */
  boolean bytesReach(long count, long more) {
    bytes += more;
    boolean first = bytes >= count && !once;
    once |= first;
    return first;
  }

  long bytesUntil(long count) {
    return once ? NEVER : Math.max(1, count - bytes);
  }

  /** Returns the moment the first time, then null. */
  @Nullable String once(String moment) {
    if (once) {
      return null;
    }
    once = true;
    return moment;
  }

  /** Returns when the fault is due next; one that was planned later counts from then. */
  long nextTime(PlannedFault planned, long connectedAt) {
    long start = Math.max(connectedAt, planned.since());
    Moment moment = planned.fault().moment();
    if (moment instanceof Moment.After after) {
      return once ? NEVER : start + after.time().toNanos();
    }
    if (moment instanceof Moment.Every every) {
      return start + (ticks + 1) * every.time().toNanos();
    }
    boolean late = moment instanceof Moment.Connected && planned.since() > connectedAt;
    return late && !once && isState(planned) ? planned.since() : NEVER;
  }

  /** Returns the moment when its time has come. */
  @Nullable String time(PlannedFault planned, long connectedAt, long now) {
    if (nextTime(planned, connectedAt) > now) {
      return null;
    }
    Moment moment = planned.fault().moment();
    if (moment instanceof Moment.Every every) {
      ticks =
          Math.max(
              ticks + 1, (now - Math.max(connectedAt, planned.since())) / every.time().toNanos());
      return moment.text();
    }
    return once(moment.text());
  }

  /** A fault that only slows a connection down begins at once where the connection is there. */
  private static boolean isState(PlannedFault planned) {
    return planned.fault().hasOnly(effect -> effect.kind().nature() == EffectKind.Nature.STATE);
  }

  void activate() {
    active = true;
  }

  boolean isActive() {
    return active;
  }
}
