package dev.midge.fault.plan;

import dev.midge.fault.Direction;
import dev.midge.fault.EffectKind;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultRules;
import dev.midge.fault.FaultSide;
import dev.midge.fault.Moment;
import dev.midge.mqtt.packet.PacketType;

/** A fault of a {@link FaultPlan}. For several threads. */
public final class PlannedFault {
  private final int number;
  private final Fault fault;
  private final FaultSide side;
  private final long limit;
  private final long since;
  private long happened;
  private boolean cleared;

  PlannedFault(int number, Fault fault, FaultSide side, long since) {
    this.number = number;
    this.fault = fault;
    this.side = side;
    this.limit = limit(fault, side);
    this.since = since;
  }

  /** A client that comes back does not die again of the same fault, unless it is told to. */
  private static long limit(Fault fault, FaultSide side) {
    boolean ends =
        fault.hasAny(
            e ->
                FaultRules.ends(e, fault.moment())
                    // A client cannot change an answer that it gets: it disconnects.
                    || e.kind() == EffectKind.REASON && FaultRules.comesIn(fault.moment()));
    return fault.count() == Fault.UNLIMITED && side == FaultSide.CLIENT && ends ? 1 : fault.count();
  }

  /** Returns its number in the plan, from 1. */
  public int number() {
    return number;
  }

  public Fault fault() {
    return fault;
  }

  /** Returns whether its effects can be carried out at such a packet; chance may meet any. */
  boolean isPossibleAt(PacketType packet, Direction direction) {
    Moment moment = new Moment.Packets(packet, direction, 1);
    return fault.hasOnly(effect -> FaultRules.impossible(effect, moment, side) == null);
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

  /** Counts what is due no more: it could not be carried out. */
  synchronized void giveBack() {
    happened--;
  }
}
