package dev.midge.client.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gives the payloads to publish, one after the other. */
public interface PayloadSource {

  /** Returns the next payload, or null when there is none. May wait for input. */
  byte @Nullable [] next() throws IOException;

  /** Returns whether {@link #next} would not wait; a stream tells, others need not. */
  default boolean isReady() {
    return false;
  }

  /** Returns whether {@link #next} would give none; a stream need not know. */
  default boolean isOver() {
    return false;
  }

  /**
   * Returns whether messages may overtake acknowledgements ({@code -l}), or each waits for the one
   * before.
   */
  boolean isStream();
}
