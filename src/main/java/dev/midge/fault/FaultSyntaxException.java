package dev.midge.fault;

/** A fault that cannot be: the message says what is wrong, and what would be right. */
public final class FaultSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  FaultSyntaxException(String message) {
    super(message);
  }
}
