package dev.midge.lwt.row;

import dev.midge.lwt.peer.TracedPacket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The final result of one row: that of its script, confirmed by a control arm where it is red.
 *
 * @param seen a description of what the watcher received; null when the row was skipped or not
 *     examined
 * @param after from the end of the client to the arrival of the will (the median, when the row was
 *     played several times); null when no will arrived
 * @param least the shortest of these times; equal to {@code after} for one pass
 * @param most the longest of these times
 * @param bound the time in which the rule wants the will; null where it wants none
 * @param control the result of the control arm; null when none was played, since the row was not
 *     red
 * @param reason the reason to skip the row or not to judge it, or a remark that the table cannot
 *     show; null for none
 * @param trace the packets of the row, empty unless it went wrong
 */
public record RowResult(
    Row row,
    Verdict verdict,
    @Nullable String seen,
    @Nullable Duration after,
    @Nullable Duration least,
    @Nullable Duration most,
    @Nullable Duration bound,
    @Nullable Control control,
    @Nullable String reason,
    List<TracedPacket> trace) {

  /** The result of a control arm. */
  public enum Control {
    OK,
    FAILED
  }

  /** Returns the result of a row that was played once. */
  public static RowResult of(
      Row row, ScriptResult script, @Nullable Control control, List<TracedPacket> trace) {
    return new RowResult(
        row,
        script.verdict(),
        script.seen(),
        script.after(),
        script.after(),
        script.after(),
        script.bound(),
        control,
        script.reason(),
        trace);
  }

  /** Returns the result of a row that was not judged, or not played at all. */
  public static RowResult notExamined(Row row, String reason) {
    return of(row, ScriptResult.notExamined(reason), null, List.of());
  }

  /** Returns this result with another reason. */
  public RowResult withReason(String other) {
    return new RowResult(row, verdict, seen, after, least, most, bound, control, other, trace);
  }
}
