package dev.midge.broker.access;

import org.jspecify.annotations.Nullable;

/**
 * The clients that are let in at a listener, and what they may do there.
 *
 * @param allowAnonymous whether clients without user name are let in; without passwords, those with
 *     one as well
 * @param passwords null for none
 * @param rules null if clients may read and write all topics
 */
public record Security(
    boolean allowAnonymous, @Nullable Passwords passwords, @Nullable AccessRules rules) {

  /** Everybody is let in, and may read and write all topics. */
  public static final Security OPEN = new Security(true, null, null);
}
