package dev.midge.format;

/** A template that is no format; the message is the line for stderr. */
public final class FormatException extends Exception {
  private static final long serialVersionUID = 1L;

  public FormatException(String message) {
    super(message);
  }
}
