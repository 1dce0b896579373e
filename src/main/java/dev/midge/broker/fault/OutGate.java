package dev.midge.broker.fault;

import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.Peer;
import dev.midge.fault.Direction;
import dev.midge.fault.plan.Due;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.text.LateText;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the packets to one client pass, or what a fault makes of them. What a fault does besides
 * happens when the packet is written: the router must not be called from here. Broker thread only.
 */
final class OutGate implements Peer {
  private final GateState state;
  private final Output output;
  private final BrokerObserver observer;
  private final BiConsumer<String, GateState> names;
  private @Nullable Packet held; // until the next has passed

  /**
   * @param names is told of the client identifier
   */
  OutGate(
      GateState state,
      Output output,
      BrokerObserver observer,
      BiConsumer<String, GateState> names) {
    this.state = state;
    this.output = output;
    this.observer = observer;
    this.names = names;
  }

  @Override
  public void send(Packet packet, ProtocolVersion version) {
    if (state.isIdle()) {
      if (state.hasAliasesIn) {
        state.topicsIn.topic(packet);
      }
      output.send(packet, version);
      if (!state.isSettled() && packet instanceof Connack connack) {
        state.connack = null;
        if (connack.reasonCode() == 0) {
          connected(true);
        }
      }
    } else if (!state.isOver && !(state.withheld != null && state.withheld.is(packet))) {
      ask(packet, version);
    }
  }

  private void ask(Packet packet, ProtocolVersion version) {
    // The packet of the moment itself is not shaped by what happens behind it.
    state.outFlow.shape(state.faults.shaping(Direction.IN));
    Change change = new Change(due(packet), packet.type());
    Packet before = held;
    held = null;
    if (change.isReordered && before == null) {
      held = packet;
    } else {
      pass(packet, change, version);
    }
    happen(change.steps);
    if (packet instanceof Connack connack && connack.reasonCode() == 0) {
      connected(packet != held && !change.isSwallowed && !change.isUnanswered);
    }
    if (before != null && !state.isOver) {
      pass(before, new Change(List.of(), before.type()), version);
    }
    output.writeMuch();
  }

  private void connected(boolean connackPasses) {
    state.settled();
    if (connackPasses) {
      state.startsTime = true;
      List<Due> due = state.touched(state.faults.connected());
      if (!due.isEmpty()) {
        cut(output.added(), Step.all(due));
      }
    }
  }

  private List<Due> due(Packet packet) {
    List<Due> early = state.connack;
    if (early != null && packet.type() == PacketType.CONNACK) {
      state.connack = null;
      return early;
    }
    return state.touched(
        state.faults.packet(Direction.IN, packet.type(), state.topicsIn.topic(packet)));
  }

  private void pass(Packet packet, Change change, ProtocolVersion version) {
    long start = output.added();
    if (change.isHalf) {
      output.sendBytes(SpoiltBytes.half(packet, version));
    } else if (change.isGarbage) {
      output.sendBytes(SpoiltBytes.garbage());
    } else if (!change.isSwallowed && !change.isUnanswered) {
      Packet answer = change.refusal == null ? packet : refused(packet, change, version);
      for (int i = change.isDoubled ? 2 : 1; i > 0; i--) {
        if (change.corrupted != null) {
          double chance = state.faults.chance(change.corrupted);
          output.sendBytes(SpoiltBytes.corrupt(answer, version, chance));
        } else {
          output.add(answer, version);
        }
      }
    }
    count(start, output.added());
  }

  private Packet refused(Packet packet, Change change, ProtocolVersion version) {
    Packet refused = Refusals.withCode(packet, change.code(), version);
    if (refused != null) {
      return refused;
    }
    if (packet.type() != PacketType.CONNACK) { // which has code 0 here
      String why =
          packet.type() == PacketType.PUBLISH
              ? "it is the client that answers this PUBLISH"
              : Refusals.whyNot(packet, version);
      observer.fault(state.name(), change.text(), why);
      change.cannotRefuse();
    }
    return packet;
  }

  private void count(long start, long end) {
    state.outFlow.added(start, end);
    long at = start;
    while (at < end) {
      long part = Math.min(end - at, state.faults.untilBytes(Direction.IN));
      List<Due> due = state.touched(state.faults.bytes(Direction.IN, part));
      at += part;
      if (!due.isEmpty()) {
        cut(Step.send(due) ? end : at, Step.all(due));
      }
    }
  }

  private void happen(List<Step> steps) {
    List<Step> behind = new ArrayList<>(steps.size());
    for (Step step : steps) {
      if (step.effects().isEmpty()) {
        state.tell(step);
      } else {
        behind.add(step);
      }
    }
    if (!behind.isEmpty()) {
      cut(output.added(), behind);
    }
  }

  private void cut(long at, List<Step> steps) {
    state.outFlow.cut(at, steps);
    state.isOver |= Step.close(steps);
  }

  @Override
  public void named(String clientId) {
    state.clientId = clientId;
    names.accept(clientId, state);
  }

  @Override
  public boolean isUnread() {
    return state.stops.stops(Direction.OUT);
  }

  @Override
  public String address() {
    return output.address();
  }

  @Override
  public LateText lateAddress() {
    return output.lateAddress();
  }

  @Override
  public ListenerSettings listener() {
    return output.listener();
  }

  @Override
  public @Nullable X509Certificate certificate() {
    return output.certificate();
  }

  @Override
  public boolean hasGoodCertificate() {
    return output.hasGoodCertificate();
  }

  @Override
  public int port() {
    return output.port();
  }

  @Override
  public @Nullable String encryption() {
    return output.encryption();
  }

  @Override
  public int waiting() {
    return output.waiting();
  }

  @Override
  public boolean isBusy() {
    return output.isBusy();
  }

  @Override
  public void close() {
    output.close();
  }
}
