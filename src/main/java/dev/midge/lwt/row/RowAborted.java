package dev.midge.lwt.row;

import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.Failures;

/** Ends a row before its script does. Holds the finding: a broken rule, or none at all. */
public final class RowAborted extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Finding finding;

  /** The row cannot be judged. */
  public RowAborted(String reason) {
    this(Finding.notExamined(reason));
  }

  public RowAborted(Finding finding) {
    super(finding.seen() == null ? finding.reason() : finding.seen(), null, false, false);
    this.finding = finding;
  }

  public static RowAborted brokerGone(ConnectionFailure why) {
    return new RowAborted("the broker is gone: " + Failures.words(why));
  }

  public Finding finding() {
    return finding;
  }
}
