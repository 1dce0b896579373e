package dev.midge.testing.willbroker;

import java.nio.ByteBuffer;

/** Lets wildcards in a first packet pass the decoder, for {@link Breach#WILDCARD_TOPIC}. */
final class WildcardTopics {
  private WildcardTopics() {}

  /**
   * Puts a tilde in the place of each wildcard behind a slash; returns whether there was one. Not
   * elsewhere: a length byte may have the value of a wildcard.
   */
  static boolean hide(ByteBuffer input) {
    byte[] bytes = input.array();
    boolean found = false;
    for (int i = 1; i < input.limit(); i++) {
      if (bytes[i - 1] == '/' && (bytes[i] == '#' || bytes[i] == '+')) {
        bytes[i] = '~';
        found = true;
      }
    }
    return found;
  }
}
