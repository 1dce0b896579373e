package dev.midge.proxy.carry;

import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.EffectKind;
import dev.midge.fault.FaultRules;
import dev.midge.fault.plan.Due;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.proxy.event.PassedPacket;
import dev.midge.proxy.packet.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Asks which faults are due at a packet. For the threads of both directions. */
final class Decider {
  private final LinkState state;
  private final ProxyContext around;
  private List<Due> atConnack = List.of();
  private boolean connackAsked;

  Decider(LinkState state, ProxyContext around) {
    this.state = state;
    this.around = around;
  }

  /** Returns whether the packets of a connection have to be looked at. */
  boolean wantsPackets() {
    return !around.plan().isEmpty() || around.listener().wantsPackets();
  }

  /** Returns what happens to a packet; a CONNECT has been noted before. */
  Decision decide(Direction direction, PassedPacket packet) {
    List<Due> dues = List.of();
    if (!around.plan().isEmpty()) {
      dues = new ArrayList<>(refusals(packet));
      dues.addAll(due(direction, packet));
      dues.removeIf(due -> isImpossible(due, packet));
    }
    return new Decision(packet, dues, state.version(), seed(direction));
  }

  /** A connection that is to be refused must not come to the broker: CONNACK is asked for early. */
  private synchronized List<Due> refusals(PassedPacket packet) {
    if (packet.type() != PacketType.CONNECT || connackAsked || !mayRefuse()) {
      return List.of();
    }
    connackAsked = true;
    List<Due> refusals = new ArrayList<>();
    List<Due> others = new ArrayList<>();
    for (Due due : state.faults().packet(Direction.IN, PacketType.CONNACK, null)) {
      (due.planned().fault().has(EffectKind.REFUSE) ? refusals : others).add(due);
    }
    atConnack = others;
    return refusals;
  }

  /** Returns whether a fault is none here: the packet, which passes, has no place for a reason. */
  private boolean isImpossible(Due due, PassedPacket packet) {
    ProtocolVersion version = state.version();
    for (Effect effect : due.effects()) {
      if (version != null
          && effect instanceof Effect.Reason reason
          && FaultRules.isInPlace(reason, packet.type())
          && Changes.answer(packet.packet(), reason.code(), version) == null) {
        String why = "MQTT " + version.number() + " has no " + packet.type() + " with a reason";
        around.listener().notPossible(state.name(), reason.text() + ": " + why);
        if (due.effects().size() == 1) {
          due.impossible();
          return true;
        }
      }
    }
    return false;
  }

  private List<Due> due(Direction direction, PassedPacket packet) {
    if (packet.type() == PacketType.CONNACK && direction == Direction.IN) {
      synchronized (this) {
        if (connackAsked) {
          connackAsked = false;
          return atConnack;
        }
      }
    }
    return state.faults().packet(direction, packet.type(), packet.topic());
  }

  /** Returns whether a connection may be refused when CONNECT is known. */
  boolean mayRefuse() {
    return around.plan().faults().stream()
        .anyMatch(
            planned ->
                planned.isOpen()
                    && planned.fault().effects().stream()
                        .anyMatch(e -> e instanceof Effect.Refuse refuse && !refuse.tcp()));
  }

  private long seed(Direction direction) {
    return around.plan().seed()
        + 31L
            * Objects.hash(
                state.faults().name(),
                state.faults().number(),
                direction.ordinal(),
                state.packets(direction));
  }
}
