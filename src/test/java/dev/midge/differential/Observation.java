package dev.midge.differential;

import java.util.EnumMap;
import java.util.Map;

/**
 * What was seen of one run of one tool, reduced to its {@link Essence}: two of them are equal if
 * nobody could tell the tools apart.
 */
record Observation(Map<Aspect, String> seen) {

  static Observation of(String status, String out, String err, String wire) {
    Map<Aspect, String> seen = new EnumMap<>(Aspect.class);
    seen.put(Aspect.STATUS, status);
    seen.put(Aspect.OUT, out);
    seen.put(Aspect.ERR, err);
    seen.put(Aspect.WIRE, wire);
    return new Observation(seen);
  }

  String get(Aspect aspect) {
    return seen.get(aspect);
  }

  /** The same with another text for that aspect. */
  Observation with(Aspect aspect, String text) {
    Map<Aspect, String> others = new EnumMap<>(seen);
    others.put(aspect, text);
    return new Observation(others);
  }
}
