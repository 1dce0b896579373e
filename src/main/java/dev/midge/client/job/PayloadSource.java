package dev.midge.client.job;

import java.io.IOException;

/** The payloads to publish, one after the other. */
public interface PayloadSource {

  /** The next payload, or null when there is none. May wait for input. */
  byte[] next() throws IOException;

  /** Whether {@link #next} would not wait; a stream tells, others need not. */
  default boolean isReady() {
    return false;
  }

  /**
   * Whether messages may overtake acknowledgements ({@code -l}), or each waits for the one before.
   */
  boolean isStream();
}
