package dev.midge.broker.fault;

import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.Peer;
import dev.midge.broker.core.Timers;
import dev.midge.broker.core.router.Client;
import dev.midge.fault.Effect;
import dev.midge.fault.plan.Due;
import dev.midge.fault.plan.FaultPlan;
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
  private final Map<String, LinkState> names = new HashMap<>();
  private final Map<LinkState, LinkFaults> links = new HashMap<>();

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
  public LinkState open(String address) {
    return new LinkState(plan, address, clock);
  }

  /** Tells whether the connection, of which nothing was read, is to be reset. */
  public boolean refusesTcp(LinkState state) {
    List<Due> due = plan.isEmpty() ? List.of() : state.faults.accepted();
    due.forEach(each -> plan.carriedOut(state.faults, each));
    return !due.isEmpty();
  }

  /** Returns the way of the core's packets to the client. */
  public Peer outGate(LinkState state, Output output) {
    return new OutGate(state, output, observer, names::put);
  }

  /** Returns the faults of a connection whose parts are made. */
  public LinkFaults join(LinkState state, Client client, FaultyLink link, Output output) {
    Course course = new Course(state, link, observer, timers, clock);
    InGate in = new InGate(state, client, output, link, course, observer, clock);
    TimedFaults timed = new TimedFaults(state, link, course, timers, clock);
    LinkFaults faults = new LinkFaults(state, in, course, timed, link, this::closed);
    links.put(state, faults);
    return faults;
  }

  private void closed(LinkState state) {
    links.remove(state);
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
    LinkState state = names.get(clientId);
    LinkFaults faults = state == null ? null : links.get(state);
    return faults != null && faults.inject(effect);
  }

  /** Has all connections go by the present plan. */
  public void planChanged() {
    new ArrayList<>(links.values()).forEach(LinkFaults::planChanged);
  }
}
