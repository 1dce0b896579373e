package dev.midge.fault;

import java.util.List;
import java.util.function.Predicate;

/**
 * A planned fault: {@code EFFECT[:ARG][+EFFECT...][@MOMENT][xCOUNT] [SELECTOR=VALUE ...]}.
 *
 * @param effects at least one, in the order in which they happen
 * @param count how often at most, over all connections; {@link #UNLIMITED} when nobody said so, and
 *     then a client dies of it once only
 */
public record Fault(List<Effect> effects, Moment moment, long count, Target target) {
  /** No limit was given. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  public Fault {
    effects = List.copyOf(effects);
  }

  /** Makes a fault with one effect. */
  public Fault(Effect effect, Moment moment) {
    this(List.of(effect), moment, UNLIMITED, Target.ALL);
  }

  /** Returns whether there is an effect of that kind. */
  public boolean has(EffectKind kind) {
    return hasAny(effect -> effect.kind() == kind);
  }

  /** Returns whether one effect at least is such. */
  public boolean hasAny(Predicate<Effect> such) {
    for (Effect effect : effects) { // Streams are half of what a start with a fault would load.
      if (such.test(effect)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether all effects are such. */
  public boolean hasOnly(Predicate<Effect> such) {
    return !hasAny(such.negate());
  }

  /** Returns whether chance decides something about it. */
  public boolean isRandom() {
    return moment instanceof Moment.Random random
            && random.probability() > 0
            && random.probability() < 1
        || target.share() != null
        || hasAny(e -> e instanceof Effect.Delay d && !d.jitter().isZero());
  }

  /** Returns the effects as a user writes them. */
  public String effectsText() {
    StringBuilder text = new StringBuilder();
    for (Effect effect : effects) {
      text.append(text.isEmpty() ? "" : "+").append(effect.text());
    }
    return text.toString();
  }

  /** Returns the fault as a user may write it, with its moment. */
  public String text() {
    return text(moment.text());
  }

  /** Returns the fault with the moment as its user has written it. */
  public String words() {
    return text(moment.words());
  }

  private String text(String when) {
    return effectsText()
        + "@"
        + when
        + (count == UNLIMITED ? "" : (moment instanceof Moment.Topic ? " x" : "x") + count)
        + target.text();
  }
}
