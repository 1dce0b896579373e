package dev.midge.broker.fault;

import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.Peer;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.router.Client;
import dev.midge.fault.Effect;
import dev.midge.fault.plan.Due;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.text.LateText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The faults of a broker's connections. Broker thread only. */
public final class BrokerFaults {
  private final FaultPlan plan;
  private final BrokerObserver observer;
  private final Timers timers;
  private final LongSupplier clock;
  private final Map<String, GateState> names = new HashMap<>();
  private final Map<GateState, Gates> gates = new HashMap<>();
  private long blackoutEnd = Long.MIN_VALUE; // that of all connections

  /**
   * @param clock of the timers
   */
  public BrokerFaults(FaultPlan plan, BrokerObserver observer, Timers timers, LongSupplier clock) {
    this.plan = plan;
    this.observer = observer;
    this.timers = timers;
    this.clock = clock;
  }

  /** Begins a connection. */
  public GateState open(LateText address) {
    return new GateState(plan, address, clock);
  }

  /** Tells whether the connection, of which nothing was read, is to be reset. */
  public boolean refusesTcp(GateState state) {
    List<Due> due = plan.isEmpty() ? List.of() : state.faults.accepted();
    due.forEach(each -> plan.carriedOut(state.faults, each));
    return !due.isEmpty();
  }

  /** Returns the way of the core's packets to the client. */
  public Peer outGate(GateState state, Output output) {
    return new OutGate(state, output, observer, names::put);
  }

  /** Returns the faults of a connection whose parts are made. */
  public Gates join(GateState state, Client client, Actions actions, Output output) {
    Course course = new Course(state, actions, observer, timers, clock);
    InGate in = new InGate(state, client, output, actions, course, observer, clock);
    TimedFaults timed = new TimedFaults(state, actions, course, timers, clock);
    Gates faults = new Gates(state, in, course, timed, actions, this::closed);
    gates.put(state, faults);
    return faults;
  }

  /** Has a connection that the transport has set up take part in a blackout of all. */
  public void begun(Gates faults) {
    long left = blackoutEnd - clock.getAsLong();
    if (blackoutEnd != Long.MIN_VALUE && left > 0) {
      faults.inject(new Effect.Blackout(Duration.ofNanos(left)));
    }
  }

  /** Has all connections carry nothing for so long, those too that are opened meanwhile. */
  public void blackout(Duration time) {
    long end = clock.getAsLong() + time.toNanos();
    if (blackoutEnd == Long.MIN_VALUE || end - blackoutEnd > 0) {
      blackoutEnd = end;
    }
    new ArrayList<>(gates.values()).forEach(each -> each.inject(new Effect.Blackout(time)));
  }

  private void closed(GateState state) {
    gates.remove(state);
    if (state.clientId != null) {
      names.remove(state.clientId, state);
    }
  }

  /**
   * Carries out an effect on a client's connection now.
   *
   * @return false if there is no such client
   */
  public boolean inject(String clientId, Effect effect) {
    GateState state = names.get(clientId);
    Gates faults = state == null ? null : gates.get(state);
    return faults != null && faults.inject(effect);
  }

  /** Has all connections go by the present plan. */
  public void planChanged() {
    new ArrayList<>(gates.values()).forEach(Gates::planChanged);
  }
}
