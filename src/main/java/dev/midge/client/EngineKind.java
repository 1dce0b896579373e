package dev.midge.client;

import java.util.Locale;

/** The implementations of {@link Engine}. */
public enum EngineKind {
  /** Eclipse Paho's MQTT 5 client. */
  PAHO,
  /** Our own. */
  DIRECT;

  /** Returns the word of {@code --engine}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
