package dev.midge.lwt;

import java.util.Locale;

/** What the drill says of one row. */
public enum Verdict {
  OK,
  FAILED,
  /** The broker or the version of MQTT has no such thing; never a success. */
  SKIPPED;

  /** As tables and JSON print it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
