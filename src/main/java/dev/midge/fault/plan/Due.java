package dev.midge.fault.plan;

import dev.midge.fault.Effect;
import dev.midge.fault.FaultRules;
import dev.midge.mqtt.packet.PacketType;
import java.util.List;

/**
 * A fault whose moment has come on a connection: whoever asked carries it out.
 *
 * @param moment the moment, with the number of the packet: {@code publish-out:3}
 */
public record Due(PlannedFault planned, String moment) {

  /** Returns what to do, in order. */
  public List<Effect> effects() {
    return planned.fault().effects();
  }

  /** Takes note that it cannot be carried out on this connection: it has not happened. */
  public void impossible() {
    planned.giveBack();
  }

  /** Returns whether the packet of the moment is changed, swallowed or replaced. */
  public boolean isInPlace(PacketType packet) {
    return planned.fault().hasAny(effect -> FaultRules.isInPlace(effect, packet));
  }
}
