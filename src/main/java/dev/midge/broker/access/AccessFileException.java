package dev.midge.broker.access;

import java.io.IOException;

/** A password or access file that cannot be used; the message is a whole line for the user. */
public final class AccessFileException extends IOException {
  private static final long serialVersionUID = 1L;

  public AccessFileException(String line) {
    super(line);
  }
}
