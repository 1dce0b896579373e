package dev.midge.client;

import org.jspecify.annotations.Nullable;

/**
 * Tells how a connection came to its end; the first end that happens counts.
 *
 * @param failure null unless it failed
 */
public record ConnectionOutcome(Kind kind, @Nullable ConnectionFailure failure) {

  /** Kinds of an end. */
  public enum Kind {
    /** We ended it. */
    ASKED,
    /** A fault ended it, on purpose. */
    STRUCK,
    /** It failed. */
    FAILED
  }

  public static final ConnectionOutcome ASKED = new ConnectionOutcome(Kind.ASKED, null);
  public static final ConnectionOutcome STRUCK = new ConnectionOutcome(Kind.STRUCK, null);

  /** Returns the end by that failure. */
  public static ConnectionOutcome failed(ConnectionFailure failure) {
    return new ConnectionOutcome(Kind.FAILED, failure);
  }
}
