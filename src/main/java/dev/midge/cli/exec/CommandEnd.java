package dev.midge.cli.exec;

/**
 * Tells how a command ended.
 *
 * @param status its exit status, or 128 and the number of the signal that ended it; 0 where it did
 *     not end by itself
 */
record CommandEnd(Kind kind, int status) {
  static final CommandEnd TIMED_OUT = new CommandEnd(Kind.TIMED_OUT, 0);
  static final CommandEnd STOPPED = new CommandEnd(Kind.STOPPED, 0);
  static final CommandEnd TOO_LONG = new CommandEnd(Kind.TOO_LONG, 0);
  static final CommandEnd NOT_STARTED = new CommandEnd(Kind.NOT_STARTED, 0);

  /** The ways to end. */
  enum Kind {
    /** By itself. */
    ENDED,
    /** It was killed, since it had taken too long. */
    TIMED_OUT,
    /** It wrote more than an answer may have. */
    TOO_LONG,
    /** It was killed, or not started, since midge was to end. */
    STOPPED,
    /** The system could not start it. */
    NOT_STARTED
  }

  static CommandEnd ended(int status) {
    return new CommandEnd(Kind.ENDED, status);
  }

  boolean isFailure() {
    return kind != Kind.STOPPED && (kind != Kind.ENDED || status != 0);
  }
}
