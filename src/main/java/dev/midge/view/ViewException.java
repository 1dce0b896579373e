package dev.midge.view;

/**
 * A payload that is not what a {@link PayloadView} expects. The message is the reason, in words
 * that follow a colon. It has no trace, for it is expected.
 */
public final class ViewException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Makes one; the reason is one line without a full stop. */
  public ViewException(String reason) {
    super(reason, null, false, false);
  }
}
