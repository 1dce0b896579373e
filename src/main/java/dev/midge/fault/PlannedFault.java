package dev.midge.fault;

/** A fault of a {@link FaultPlan}. For several threads. */
public final class PlannedFault {
  private final int number;
  private final Fault fault;
  private final long limit;
  private final long since;
  private long happened;
  private boolean cleared;

  PlannedFault(int number, Fault fault, FaultSide side, long since) {
    this.number = number;
    this.fault = fault;
    this.limit = limit(fault, side);
    this.since = since;
  }

  /** A client that comes back does not die again of the same fault, unless it is told to. */
  private static long limit(Fault fault, FaultSide side) {
    boolean ends = fault.effects().stream().anyMatch(e -> FaultRules.ends(e, fault.moment()));
    return fault.count() == Fault.UNLIMITED && side == FaultSide.CLIENT && ends ? 1 : fault.count();
  }

  /** Returns its number in the plan, from 1. */
  public int number() {
    return number;
  }

  public Fault fault() {
    return fault;
  }

  /** Returns when it was planned, by the clock of the plan. */
  long since() {
    return since;
  }

  /** Returns how often its moment has come. */
  public synchronized long happened() {
    return happened;
  }

  /** Returns whether it may still happen. */
  public synchronized boolean isOpen() {
    return !cleared && happened < limit;
  }

  synchronized boolean isCleared() {
    return cleared;
  }

  synchronized void clear() {
    cleared = true;
  }

  /** Counts, unless it must not happen any more. */
  synchronized boolean take() {
    if (cleared || happened >= limit) {
      return false;
    }
    happened++;
    return true;
  }
}
