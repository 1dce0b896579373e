package dev.midge.broker.fault;

import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import java.util.List;
import java.util.function.Consumer;

/** The faults of one connection, for its transport. Broker thread only. */
public final class Gates {
  private final GateState state;
  private final InGate in;
  private final Course course;
  private final TimedFaults timed;
  private final Actions actions;
  private final Consumer<GateState> onClosed;

  Gates(
      GateState state,
      InGate in,
      Course course,
      TimedFaults timed,
      Actions actions,
      Consumer<GateState> onClosed) {
    this.state = state;
    this.in = in;
    this.course = course;
    this.timed = timed;
    this.actions = actions;
    this.onClosed = onClosed;
  }

  /** Returns the way of the client's packets to the core. */
  public InGate in() {
    return in;
  }

  /** Returns whether that direction carries nothing any more, for good. */
  public boolean isFrozen(Direction one) {
    return state.stops.isFrozen(one);
  }

  /** Returns whether that direction carries nothing now. */
  public boolean isStopped(Direction one) {
    return state.stops.stops(one);
  }

  /**
   * Carries out the faults that are due when so many bytes are written.
   *
   * @return true if there were some, so that more may be written now
   */
  public boolean written(long bytes) {
    if (state.startsTime) {
      state.startsTime = false;
      timed.await();
    }
    List<Step> steps = state.outFlow.takeReached(bytes);
    if (steps == null) {
      return false;
    }
    course.runBehind(steps);
    return true;
  }

  /** The socket is closed. */
  public void closed() {
    course.close();
    timed.cancel();
    onClosed.accept(state);
  }

  /** Carries out an effect now; returns false if the connection has ended. */
  boolean inject(Effect effect) {
    if (actions.isEnding()) {
      return false;
    }
    state.touch();
    course.run(List.of(new Step(null, List.of(effect))));
    return true;
  }

  /** Goes by the present plan. */
  void planChanged() {
    timed.await();
    in.shape();
    state.outFlow.shape(state.faults.shaping(Direction.IN));
    actions.goOn();
  }
}
