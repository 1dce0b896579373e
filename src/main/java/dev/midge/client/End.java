package dev.midge.client;

/**
 * How a connection came to its end; the first one that happens counts.
 *
 * @param failure null unless it failed
 */
record End(Kind kind, LinkFailure failure) {

  enum Kind {
    /** We ended it. */
    ASKED,
    /** A fault ended it, on purpose. */
    STRUCK,
    /** It failed. */
    FAILED
  }

  static final End ASKED = new End(Kind.ASKED, null);
  static final End STRUCK = new End(Kind.STRUCK, null);

  static End failed(LinkFailure failure) {
    return new End(Kind.FAILED, failure);
  }
}
