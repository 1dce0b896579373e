package dev.midge.testing.willbroker;

import java.nio.ByteBuffer;

/** Lets wildcards in a first packet pass the decoder, for {@link Breach#WILDCARD_TOPIC}. */
final class WildcardTopics {
  private WildcardTopics() {}

  /** Puts a tilde in the place of each wildcard; returns whether there was one. */
  static boolean hide(ByteBuffer input) {
    byte[] bytes = input.array();
    boolean found = false;
    for (int i = 0; i < input.limit(); i++) {
      if (bytes[i] == '#' || bytes[i] == '+') {
        bytes[i] = '~';
        found = true;
      }
    }
    return found;
  }
}
