package dev.midge.proxy.carry;

import dev.midge.fault.plan.FaultPlan;
import dev.midge.proxy.event.ProxyListener;

/** The plan, the brokers, the listener and the traffic that all connections of a proxy share. */
public record ProxyContext(
    FaultPlan plan, Brokers brokers, ProxyListener listener, Traffic traffic) {

  /** Makes one for a proxy that has carried nothing yet. */
  public ProxyContext(FaultPlan plan, Brokers brokers, ProxyListener listener) {
    this(plan, brokers, listener, new Traffic());
  }
}
