package dev.midge.cli;

/**
 * A command line that cannot be carried out. The message is one line that names what was wrong and
 * what is right.
 */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message, null, false, false);
  }
}
