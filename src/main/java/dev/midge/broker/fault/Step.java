package dev.midge.broker.fault;

import dev.midge.fault.Effect;
import dev.midge.fault.EffectKind;
import dev.midge.fault.plan.Due;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fault, and those of its effects that concern the connection and no packet.
 *
 * @param due null for an effect that somebody has asked for at this moment
 */
record Step(@Nullable Due due, List<Effect> effects) {

  /** Returns a step of all effects for each fault. */
  static List<Step> all(List<Due> dues) {
    List<Step> steps = new ArrayList<>(dues.size());
    for (Due due : dues) {
      steps.add(new Step(due, due.effects()));
    }
    return steps;
  }

  /** Returns the effects in words. */
  String text() {
    return (due == null ? effects : due.effects())
        .stream().map(Effect::text).collect(Collectors.joining("+"));
  }

  /** Returns whether the connection is closed in the end. */
  static boolean close(List<Step> steps) {
    return steps.stream().anyMatch(step -> step.effects.stream().anyMatch(Step::closes));
  }

  private static boolean closes(Effect effect) {
    return switch (effect.kind()) {
      case CLOSE, RESET, REASON -> true;
      default -> false;
    };
  }

  /** Returns whether bytes are sent that have to stand between two packets. */
  static boolean send(List<Due> dues) {
    return dues.stream()
        .flatMap(due -> due.effects().stream())
        .map(Effect::kind)
        .anyMatch(kind -> kind == EffectKind.REASON || kind == EffectKind.GARBAGE);
  }

  /** Returns effects that end the connection: by {@code close} if they do not do so themselves. */
  static List<Effect> ending(List<Effect> effects) {
    if (effects.stream().anyMatch(e -> closes(e) || e.kind() == EffectKind.FREEZE)) {
      return effects;
    }
    List<Effect> closed = new ArrayList<>(effects);
    closed.add(Effect.CLOSE);
    return closed;
  }
}
