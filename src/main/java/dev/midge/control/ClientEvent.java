package dev.midge.control;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The events of a client that somebody may wait for. */
public enum ClientEvent {
  CONNECTED,
  DISCONNECTED,
  SUBSCRIBED;

  /** Returns the word of users. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static @Nullable ClientEvent of(String word) {
    for (ClientEvent event : values()) {
      if (event.word().equals(word)) {
        return event;
      }
    }
    return null;
  }
}
