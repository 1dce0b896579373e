package dev.midge.fault;

/**
 * A direction of a connection, as the client sees it whom a fault concerns: the same word means the
 * same at the client, the broker and the proxy.
 */
public enum Direction {
  /** The client receives it. */
  IN,
  /** The client sends it. */
  OUT,
  BOTH;

  /**
   * Returns whether that direction is meant, too.
   *
   * @param one {@link #IN} or {@link #OUT}
   */
  public boolean covers(Direction one) {
    return this == BOTH || this == one;
  }
}
