package dev.midge.fault.plan;

import dev.midge.fault.Fault;
import dev.midge.fault.FaultSide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The faults of a process, which may be added and cleared while connections are open. It answers;
 * whoever asks carries out. For several threads.
 */
public final class FaultPlan {
  private final FaultSide side;
  private final PlanState state;
  private final long start;
  private final Consumer<FaultEvent> listener;
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private int added;

  /**
   * @param seed decides all that chance decides: with the same seed the same happens
   * @param listener hears of each fault that was carried out, on the thread that did
   */
  public FaultPlan(FaultSide side, long seed, Consumer<FaultEvent> listener) {
    this(side, seed, System::nanoTime, listener);
  }

  /**
   * @param clock nanoseconds
   */
  public FaultPlan(FaultSide side, long seed, LongSupplier clock, Consumer<FaultEvent> listener) {
    this.side = side;
    this.state = new PlanState(seed, clock);
    this.start = state.now();
    this.listener = listener;
  }

  /** Returns a plan of the same faults, seed and listener, of which none has happened. */
  public FaultPlan copy() {
    FaultPlan copy = new FaultPlan(side, state.seed(), state::now, listener);
    faults().forEach(planned -> copy.add(planned.fault()));
    return copy;
  }

  /**
   * Has a task run after each change of the faults, on the thread that changes them: whoever waits
   * for {@link ConnectionFaults#nextTime} asks again then. A plan may outlive who watches it.
   *
   * @return ends the watch; from any thread
   */
  public Runnable onChange(Runnable watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  /** Adds a fault. Connections that are open count from now on. */
  public PlannedFault add(Fault fault) {
    PlannedFault planned = append(fault);
    watchers.forEach(Runnable::run);
    return planned;
  }

  private synchronized PlannedFault append(Fault fault) {
    PlannedFault planned = new PlannedFault(++added, fault, side, state.now());
    state.faults().add(planned);
    return planned;
  }

  /** Returns the faults that are not cleared, in the order of their numbers. */
  public List<PlannedFault> faults() {
    List<PlannedFault> faults = new ArrayList<>();
    for (PlannedFault planned : state.faults()) {
      if (!planned.isCleared()) {
        faults.add(planned);
      }
    }
    return faults;
  }

  /** Clears a fault; returns false when there is none of that number. */
  public boolean clear(int number) {
    for (PlannedFault planned : state.faults()) {
      if (planned.number() == number) {
        planned.clear();
        boolean removed = state.faults().remove(planned);
        watchers.forEach(Runnable::run);
        return removed;
      }
    }
    return false;
  }

  /** Clears all faults. */
  public void clearAll() {
    state.faults().forEach(PlannedFault::clear);
    state.faults().clear();
    watchers.forEach(Runnable::run);
  }

  /** Returns whether there is nothing to ask for; as cheap as a read of a field. */
  public boolean isEmpty() {
    return state.faults().isEmpty();
  }

  /** Returns whether chance decides something, so that the seed is worth a line. */
  public boolean isRandom() {
    for (PlannedFault planned : state.faults()) {
      if (planned.fault().isRandom()) {
        return true;
      }
    }
    return false;
  }

  /** Returns the time by the clock of {@link ConnectionFaults#nextTime}, in nanoseconds. */
  public long now() {
    return state.now();
  }

  public long seed() {
    return state.seed();
  }

  public FaultSide side() {
    return side;
  }

  /**
   * Returns the faults of a new connection.
   *
   * @param address stands for the client until its identifier is known
   */
  public ConnectionFaults open(String address) {
    return open(() -> address);
  }

  /** Returns the faults of a new connection, whose address is read only where it matters. */
  public ConnectionFaults open(Supplier<String> address) {
    return new ConnectionFaults(state, address);
  }

  /** Tells the listener that a fault was carried out on that connection; returns what it told. */
  public FaultEvent carriedOut(ConnectionFaults connection, Due due) {
    FaultEvent event =
        new FaultEvent(
            Duration.ofNanos(state.now() - start),
            due.planned().fault().text(),
            due.planned().fault().effectsText(),
            due.moment(),
            connection.name(),
            connection.number());
    listener.accept(event);
    return event;
  }
}
