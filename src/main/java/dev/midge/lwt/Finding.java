package dev.midge.lwt;

import java.time.Duration;

/**
 * What the watcher saw in one row.
 *
 * @param seen in words
 * @param after the time from the end of the client to the arrival of the will; null when nothing
 *     arrived
 */
record Finding(Verdict verdict, String seen, Duration after) {

  static Finding ok(String seen, Duration after) {
    return new Finding(Verdict.OK, seen, after);
  }

  static Finding failed(String seen, Duration after) {
    return new Finding(Verdict.FAILED, seen, after);
  }

  static Finding skipped(String reason) {
    return new Finding(Verdict.SKIPPED, reason, null);
  }
}
