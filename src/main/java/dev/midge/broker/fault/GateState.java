package dev.midge.broker.fault;

import dev.midge.fault.plan.ConnectionFaults;
import dev.midge.fault.plan.Due;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connect;
import dev.midge.text.LateText;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Holds what the gates of one connection share. Broker thread only. */
public final class GateState {
  final FaultPlan plan;
  final ConnectionFaults faults;
  private final LateText address;
  final Stops stops = new Stops();
  final OutFlow outFlow;
  final AliasTopics topicsIn = new AliasTopics();
  final AliasTopics topicsOut = new AliasTopics();

  @Nullable ProtocolVersion version; // null before CONNECT
  boolean hasAliasesIn; // the client takes topic aliases

  /** The client identifier after CONNECT was accepted. */
  @Nullable String clientId;

  /** The faults at CONNACK, which are asked for when CONNECT has come; null if they are not. */
  @Nullable List<Due> connack;

  /** The packet that the client must not get as an answer to the one that is handled. */
  @Nullable Withheld withheld;

  /** True when CONNACK has passed, and nobody has looked since for faults that come with time. */
  boolean startsTime;

  /** True when a fault has refused CONNECT: the connection ends for that. */
  boolean isRefused;

  /** True when a fault closes the connection behind what was sent: no packet passes any more. */
  boolean isOver;

  private boolean isSettled; // CONNACK was sent
  private boolean isTouched; // by a fault

  GateState(FaultPlan plan, LateText address, LongSupplier clock) {
    this.plan = plan;
    this.address = address;
    this.faults = plan.open(address);
    this.outFlow = new OutFlow(stops, clock);
  }

  /** Returns how its bytes to the client are written. */
  public OutFlow outFlow() {
    return outFlow;
  }

  /** Returns whether packets pass without a question: there is no fault, and there was none. */
  boolean isIdle() {
    return !isTouched && plan.isEmpty();
  }

  void identified(Connect connect) {
    version = connect.version();
    hasAliasesIn = connect.properties().number(Property.TOPIC_ALIAS_MAXIMUM, 0) > 0;
    faults.identify(connect.clientId(), connect.username(), connect.version());
  }

  /** Returns whether CONNACK was sent. */
  boolean isSettled() {
    return isSettled;
  }

  void settled() {
    isSettled = true;
  }

  /** Takes note of faults that are due, if there are any. */
  List<Due> touched(List<Due> dues) {
    isTouched |= !dues.isEmpty();
    return dues;
  }

  void touch() {
    isTouched = true;
  }

  /** Returns the client identifier, or the address before there is one. */
  String name() {
    return clientId == null ? address.toString() : clientId;
  }

  /** Tells that a fault was carried out. */
  void tell(Step step) {
    if (step.due() != null) {
      plan.carriedOut(faults, step.due());
    }
  }
}
