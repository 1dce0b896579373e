package dev.midge.client.source;

import dev.midge.mqtt.Message;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gives the messages to publish, one after the other. Used by one thread at a time. */
public interface MessageSource {

  /**
   * Returns the next message, or null when there is none. May wait for input, or until the message
   * is due.
   *
   * @throws IOException when the input cannot be read, or holds what is no message
   */
  @Nullable Message next() throws IOException;

  /** Returns whether {@link #next} would not wait; a stream tells, others need not. */
  default boolean isReady() {
    return false;
  }

  /**
   * Returns whether {@link #next} would give none, so that the next message need not be made before
   * it is sent; a stream need not know.
   */
  default boolean isOver() {
    return false;
  }

  /**
   * Returns whether messages may overtake acknowledgements ({@code -l}), or each waits for the one
   * before.
   */
  boolean isStream();
}
