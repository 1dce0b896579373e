package dev.midge.lwt;

/** Ends a row that cannot be judged. The message is the reason, for people. */
final class RowAborted extends Exception {
  private static final long serialVersionUID = 1L;

  RowAborted(String reason) {
    super(reason);
  }
}
