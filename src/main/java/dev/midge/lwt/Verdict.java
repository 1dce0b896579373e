package dev.midge.lwt;

import java.util.Locale;

/** The judgement on one row of the drill. The order is that of severity, the best first. */
public enum Verdict {
  /** The broker kept the rule. */
  OK,

  /** The broker or the version of MQTT has no such thing; counts neither for nor against it. */
  SKIPPED,

  /** The will came before keep alive allowed it, which a broker may do for reasons of its own. */
  EARLY,

  /** The will came, but after the time that the rule gives. */
  LATE,

  /** The row could not be judged: its control failed, or the broker was gone. */
  NOT_EXAMINED,

  /** The broker broke the rule, and the control arm shows that the drill could have seen it kept. */
  FAILED;

  /** Returns the word for tables and JSON: {@code not examined}, for instance. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Says whether a row with this verdict makes the whole drill fail.
   *
   * @param strict counts what came early or late as broken
   */
  public boolean isAgainst(boolean strict) {
    return this == FAILED || this == NOT_EXAMINED || strict && (this == EARLY || this == LATE);
  }
}
