package dev.midge.lwt.row;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The result of the script of a row, before a control arm confirms a failure; {@link RowResult} is
 * the final one.
 *
 * @param seen a description of what the watcher received; null when the row was not played
 * @param after from the end of the client to the arrival of the will; null when none arrived
 * @param bound the time in which the rule wants the will; null where it wants none
 * @param reason the reason to skip the row or not to judge it, or a remark; null for none
 */
public record ScriptResult(
    Verdict verdict,
    @Nullable String seen,
    @Nullable Duration after,
    @Nullable Duration bound,
    @Nullable String reason) {

  public static ScriptResult ok(String seen) {
    return new ScriptResult(Verdict.OK, seen, null, null, null);
  }

  public static ScriptResult failed(String seen) {
    return new ScriptResult(Verdict.FAILED, seen, null, null, null);
  }

  public static ScriptResult skipped(String reason) {
    return new ScriptResult(Verdict.SKIPPED, null, null, null, reason);
  }

  public static ScriptResult notExamined(String reason) {
    return new ScriptResult(Verdict.NOT_EXAMINED, null, null, null, reason);
  }

  /** Returns this result with another time of the will and another bound for it. */
  public ScriptResult withTime(@Nullable Duration time, @Nullable Duration limit) {
    return new ScriptResult(verdict, seen, time, limit, reason);
  }

  /** Returns this result with another reason. */
  public ScriptResult withReason(String other) {
    return new ScriptResult(verdict, seen, after, bound, other);
  }

  /** Returns this result, or a failure with both descriptions when only the other one failed. */
  public ScriptResult and(ScriptResult other) {
    return isFailed() || !other.isFailed()
        ? this
        : new ScriptResult(Verdict.FAILED, seen + "; " + other.seen, after, bound, reason);
  }

  public boolean isFailed() {
    return verdict == Verdict.FAILED;
  }
}
