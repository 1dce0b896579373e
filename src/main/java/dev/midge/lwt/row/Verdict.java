package dev.midge.lwt.row;

import java.util.Locale;

/** The judgement on one row of the drill. The order is that of severity, the best first. */
public enum Verdict {
  /** The broker kept the rule. */
  OK,

  /** The broker or the version of MQTT lacks the feature; no fault of the broker. */
  SKIPPED,

  /** The will came before keep alive allowed it, which a broker may do [3.1.2.10]. */
  EARLY,

  /** The will came, but after the time that the rule gives. */
  LATE,

  /** The row could not be judged: its control failed, or the broker was gone. */
  NOT_EXAMINED,

  /**
   * The broker broke the rule, and the control arm shows that the drill could have seen it kept.
   */
  FAILED;

  /** Returns the word for tables and JSON: {@code not examined}, for instance. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Returns whether a row with this verdict makes the whole drill fail.
   *
   * @param strict counts a will that came early or late as a broken rule
   */
  public boolean isAgainst(boolean strict) {
    return this == FAILED || this == NOT_EXAMINED || strict && (this == EARLY || this == LATE);
  }
}
