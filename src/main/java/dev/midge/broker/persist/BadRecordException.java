package dev.midge.broker.persist;

/** A record is not as it was written. */
final class BadRecordException extends Exception {
  private static final long serialVersionUID = 1;

  BadRecordException(String what) {
    super(what);
  }
}
