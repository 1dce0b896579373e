package dev.midge.proxy.carry;

import dev.midge.fault.FaultPlan;
import dev.midge.proxy.event.ProxyListener;

/** The plan, the brokers and the listener that all connections of a proxy share. */
public record ProxyContext(FaultPlan plan, Brokers brokers, ProxyListener listener) {}
