package dev.midge.lwt.row;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.FailureText;

/**
 * Ends the script of a row early, with its result: a broken rule, or a row that is not examined.
 */
public final class RowAborted extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ScriptResult result;

  /** Reports a row that cannot be judged. */
  public RowAborted(String reason) {
    super(reason, null, false, false);
    this.result = ScriptResult.notExamined(reason);
  }

  private RowAborted(String seen, ScriptResult result) {
    super(seen, null, false, false);
    this.result = result;
  }

  /** Reports a rule that the broker has broken. */
  static RowAborted failed(String seen) {
    return new RowAborted(seen, ScriptResult.failed(seen));
  }

  static RowAborted brokerGone(ConnectionFailure cause) {
    return new RowAborted("the broker is gone: " + FailureText.of(cause));
  }

  /** Returns the result of the row. */
  public ScriptResult result() {
    return result;
  }
}
