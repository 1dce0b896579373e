package dev.midge.broker.fault;

import dev.midge.fault.Effect;
import dev.midge.fault.FaultRules;
import dev.midge.fault.plan.Due;
import dev.midge.mqtt.packet.PacketType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds what the faults that are due at a packet do to it, and what they do besides. */
final class Change {
  boolean isSwallowed;
  boolean isUnanswered;
  boolean isDoubled;
  boolean isReordered;
  boolean isGarbage;
  boolean isHalf;
  @Nullable Due corrupted;
  @Nullable Effect refusal; // nack, reason or refuse
  private @Nullable Due refusing;

  /** The faults, in order, with what happens to the connection. */
  final List<Step> steps = new ArrayList<>(1);

  Change(List<Due> dues, PacketType packet) {
    for (Due due : dues) {
      List<Effect> others = new ArrayList<>(1);
      boolean half = false;
      for (Effect effect : due.effects()) {
        if (FaultRules.isInPlace(effect, packet)) {
          take(effect, due);
          half |= isHalf;
        } else {
          others.add(effect);
        }
      }
      steps.add(new Step(due, half ? Step.ending(others) : others));
    }
  }

  private void take(Effect effect, Due due) {
    switch (effect.kind()) {
      case DROP -> isSwallowed = true;
      case SILENT -> isUnanswered = true;
      case DUPLICATE -> isDoubled = true;
      case REORDER -> isReordered = true;
      case GARBAGE -> isGarbage = true;
      case TRUNCATE -> isHalf = true;
      case CORRUPT -> corrupted = due;
      case NACK, REASON, REFUSE -> {
        refusal = effect;
        refusing = due;
      }
      default -> throw new IllegalStateException(effect + " changes no packet");
    }
  }

  /** Returns the code that the refusal is to have; null for the one that suits. */
  @Nullable Integer code() {
    return refusal instanceof Effect.Nack nack
        ? nack.code()
        : refusal instanceof Effect.Reason reason ? (Integer) reason.code() : null;
  }

  /** Returns whether the packet itself is refused: it has an answer of the broker's. */
  boolean isNack() {
    return refusal instanceof Effect.Nack;
  }

  /** Takes note that the packet passes unrefused; a fault that does nothing else is not told. */
  void cannotRefuse() {
    Due due = refusing;
    if (due != null && steps.removeIf(step -> step.due() == due && step.effects().isEmpty())) {
      due.impossible();
    }
  }

  /** Returns the effects of the faults in words. */
  String text() {
    return steps.stream().map(Step::text).collect(Collectors.joining(", "));
  }
}
