package dev.midge.client;

/** The implementations of {@link Engine}. */
public enum EngineKind {
  /** Eclipse Paho's MQTT 5 client. */
  PAHO,
  /** Our own. */
  DIRECT
}
