package dev.midge.proxy.carry;

import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.EffectKind;
import dev.midge.fault.FaultRules;
import dev.midge.fault.plan.Due;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connect;
import dev.midge.proxy.packet.Changes;
import java.io.IOException;
import java.util.List;

/** Carries effects out on a connection. For all threads. */
final class EffectCarrier {
  private final LinkState state;
  private final Ends ends;
  private final Gate in;
  private final Gate out;
  private final ProxyContext around;

  EffectCarrier(LinkState state, Ends ends, Gate in, Gate out, ProxyContext around) {
    this.state = state;
    this.ends = ends;
    this.in = in;
    this.out = out;
    this.around = around;
  }

  /** Carries out what is due without a packet. */
  void carry(List<Due> dues, Direction direction) {
    for (Due due : dues) {
      silence(due);
      around.plan().carriedOut(state.faults(), due);
      due.effects().forEach(effect -> carry(effect, direction));
    }
  }

  /** Carries out what is due at a packet, whose bytes have been changed before. */
  void carry(List<Due> dues, Direction direction, Decision decision) {
    for (Due due : dues) {
      silence(due);
      around.plan().carriedOut(state.faults(), due);
      for (Effect effect : due.effects()) {
        if (!FaultRules.isInPlace(effect, decision.packet().type())) {
          carry(effect, direction);
        } else if (effect.kind() == EffectKind.REFUSE) {
          refuse();
        }
      }
      boolean cutShort = due.planned().fault().has(EffectKind.TRUNCATE);
      if ((cutShort || decision.refuses(due)) && !isEnded()) {
        ends.close();
      }
    }
  }

  /** Begins a silence before it is told of: whoever has heard of it finds nothing carried. */
  private void silence(Due due) {
    for (Effect effect : due.effects()) {
      if (effect instanceof Effect.Freeze freeze) {
        state.freeze(freeze.direction());
      } else if (effect instanceof Effect.Blackout blackout) {
        state.blackout(blackout.time());
      }
    }
  }

  private boolean isEnded() {
    return state.isOver() || state.isFrozen(Direction.IN) && state.isFrozen(Direction.OUT);
  }

  /**
   * Carries one effect out, at once.
   *
   * @param direction of the packet at which it happens; {@link Direction#IN} where there is none
   */
  void carry(Effect effect, Direction direction) {
    switch (effect.kind()) {
      case CLOSE -> ends.close();
      case RESET -> ends.abort();
      case FREEZE -> state.freeze(((Effect.Freeze) effect).direction());
      case BLACKOUT -> state.blackout(((Effect.Blackout) effect).time());
      case REASON -> disconnect(((Effect.Reason) effect).code(), direction);
      case TAKEOVER -> takeOver();
      default -> {
        // Delay, throttle and slice have begun with their moment: the plan shapes what is written.
      }
    }
  }

  private void refuse() {
    ProtocolVersion version = state.version();
    if (version != null) {
      state.releaseOpposite(Direction.OUT); // No answer can slip through: the broker is not asked.
      insert(in, Changes.refusal(version));
    }
    ends.close();
  }

  private void disconnect(int code, Direction direction) {
    byte[] packet = Changes.disconnect(code, state.version());
    if (packet == null) {
      around
          .listener()
          .notPossible(state.name(), "MQTT 3 has no reasons: closed without DISCONNECT");
    } else if (!insert(direction == Direction.OUT ? out : in, packet)) {
      around
          .listener()
          .notPossible(state.name(), "no DISCONNECT within another packet: closed without it");
    }
    ends.close();
  }

  private boolean insert(Gate gate, byte[] packet) {
    try {
      return gate.insert(packet);
    } catch (IOException gone) {
      return true; // Nobody is there to read it.
    }
  }

  private void takeOver() {
    Connect connect = state.connect();
    FarEnd far = ends.reached();
    String id = state.name().client();
    if (connect == null || far == null || id == null) {
      around.listener().notPossible(state.name(), "a takeover needs a client identifier");
      return;
    }
    try {
      Takeover.run(far.endpoint(), connect, id);
    } catch (IOException e) {
      around.listener().notPossible(state.name(), "no takeover: " + e.getMessage());
    }
  }
}
