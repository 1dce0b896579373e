package dev.midge.cli.exec;

/**
 * Tells how a command ended.
 *
 * @param status its exit status, or 128 and the number of the signal that ended it; 0 where it did
 *     not end by itself
 */
record Outcome(Kind kind, int status) {
  static final Outcome TIMED_OUT = new Outcome(Kind.TIMED_OUT, 0);
  static final Outcome STOPPED = new Outcome(Kind.STOPPED, 0);
  static final Outcome NOT_STARTED = new Outcome(Kind.NOT_STARTED, 0);

  /** The ways to end. */
  enum Kind {
    /** By itself. */
    ENDED,
    /** It was killed, since it had taken too long. */
    TIMED_OUT,
    /** It was killed, or not started, since midge was to end. */
    STOPPED,
    /** The system could not start it. */
    NOT_STARTED
  }

  static Outcome ended(int status) {
    return new Outcome(Kind.ENDED, status);
  }

  boolean isFailure() {
    return kind != Kind.STOPPED && (kind != Kind.ENDED || status != 0);
  }
}
