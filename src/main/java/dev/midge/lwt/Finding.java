package dev.midge.lwt;

import java.time.Duration;

/**
 * The judgement of a row's script, before a control arm confirms it.
 *
 * @param seen what the watcher saw, in words; null when the row was skipped
 * @param after from the end of the client to the arrival of the will; null when nothing arrived
 * @param bound the time in which the rule wants the will; null where it wants none
 * @param reason why the row was skipped, or what else is to be said; null for nothing
 */
record Finding(Verdict verdict, String seen, Duration after, Duration bound, String reason) {

  static Finding ok(String seen) {
    return new Finding(Verdict.OK, seen, null, null, null);
  }

  static Finding failed(String seen) {
    return new Finding(Verdict.FAILED, seen, null, null, null);
  }

  static Finding skipped(String reason) {
    return new Finding(Verdict.SKIPPED, null, null, null, reason);
  }

  static Finding notExamined(String reason) {
    return new Finding(Verdict.NOT_EXAMINED, null, null, null, reason);
  }

  Finding within(Duration time, Duration limit) {
    return new Finding(verdict, seen, time, limit, reason);
  }

  Finding because(String why) {
    return new Finding(verdict, seen, after, bound, why);
  }

  /** Returns this finding, or a failure with both sights when the other one failed. */
  Finding and(Finding other) {
    if (verdict == Verdict.FAILED) {
      return this;
    }
    if (other.verdict == Verdict.FAILED) {
      return new Finding(Verdict.FAILED, seen + "; " + other.seen, after, bound, reason);
    }
    return this;
  }

  boolean isFailed() {
    return verdict == Verdict.FAILED;
  }
}
