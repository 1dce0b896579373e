package dev.midge.mqtt.codec;

/** The end of the connection that reads: each may be sent other packets. */
public enum Side {
  BROKER,
  CLIENT
}
