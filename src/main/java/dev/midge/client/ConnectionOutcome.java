package dev.midge.client;

/**
 * How a connection came to its end; the first one that happens counts.
 *
 * @param failure null unless it failed
 */
record ConnectionOutcome(Kind kind, ConnectionFailure failure) {

  enum Kind {
    /** We ended it. */
    ASKED,
    /** A fault ended it, on purpose. */
    STRUCK,
    /** It failed. */
    FAILED
  }

  static final ConnectionOutcome ASKED = new ConnectionOutcome(Kind.ASKED, null);
  static final ConnectionOutcome STRUCK = new ConnectionOutcome(Kind.STRUCK, null);

  static ConnectionOutcome failed(ConnectionFailure failure) {
    return new ConnectionOutcome(Kind.FAILED, failure);
  }
}
