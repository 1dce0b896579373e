package dev.midge.differential;

import java.util.function.BiFunction;

/**
 * A difference that shows in many cases, as a rule that makes of what 2.0.11 does what the contract
 * says.
 *
 * @param section of the contract
 * @param rule given the case and what was seen of mosquitto
 */
record Feature(
    String section, Mark mark, String what, BiFunction<Case, Observation, Observation> rule) {

  /** A rule for one text. */
  static Feature of(
      String section,
      Mark mark,
      String what,
      Aspect aspect,
      BiFunction<Case, String, String> rule) {
    return new Feature(
        section, mark, what, (act, seen) -> seen.with(aspect, rule.apply(act, seen.get(aspect))));
  }

  /** A text of standard error that has changed. */
  static Feature words(String section, String old, String now) {
    return of(
        section,
        Mark.SINCE_2_1,
        "'" + old + "' is now '" + now + "'",
        Aspect.ERR,
        (act, text) -> text.replace(old, now));
  }

  Observation apply(Case act, Observation seen) {
    return rule.apply(act, seen);
  }
}
