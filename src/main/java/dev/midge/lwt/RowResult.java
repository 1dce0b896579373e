package dev.midge.lwt;

import java.time.Duration;
import java.util.List;

/**
 * The outcome of one row.
 *
 * @param seen what the watcher saw, in words; null when the row was skipped or not examined
 * @param after from the end of the client to the arrival of the will (the median, when the row was
 *     played several times); null when no will arrived
 * @param least the shortest of these times; equal to {@code after} for one pass
 * @param most the longest of these times
 * @param bound the time in which the rule wants the will; null where it wants none
 * @param control whether the control arm saw a will; null when there was none, since the row was
 *     not red
 * @param reason why the row was skipped or not examined, or what the table cannot say; null for
 *     nothing
 * @param trace the packets of the row, empty unless it went wrong
 */
public record RowResult(
    Row row,
    Verdict verdict,
    String seen,
    Duration after,
    Duration least,
    Duration most,
    Duration bound,
    Control control,
    String reason,
    List<TracedPacket> trace) {

  /** The outcome of a control arm. */
  public enum Control {
    OK,
    FAILED
  }

  static RowResult of(
      Row row, Finding finding, Control control, String reason, List<TracedPacket> trace) {
    return new RowResult(
        row,
        finding.verdict(),
        finding.seen(),
        finding.after(),
        finding.after(),
        finding.after(),
        finding.bound(),
        control,
        reason,
        trace);
  }
}
