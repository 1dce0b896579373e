package dev.midge.testing.willbroker;

import java.nio.ByteBuffer;

/** Lets wildcards of a first packet pass the decoder, for {@link Breach#WILDCARD_TOPIC}. */
final class WildcardTopics {
  private WildcardTopics() {}

  /** Puts a tilde in the place of each wildcard. */
  static void hide(ByteBuffer input) {
    byte[] bytes = input.array();
    for (int i = input.position(); i < input.limit(); i++) {
      if (bytes[i] == '#' || bytes[i] == '+') {
        bytes[i] = '~';
      }
    }
  }
}
