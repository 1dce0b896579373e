package dev.midge.client;

import java.io.IOException;

/** The payloads to publish, one after the other. */
public interface PayloadSource {

  /** The next payload, or null when there is none. May wait for input. */
  byte[] next() throws IOException;

  /**
   * Whether messages may overtake acknowledgements ({@code -l}), or each waits for the one before.
   */
  boolean isStream();
}
