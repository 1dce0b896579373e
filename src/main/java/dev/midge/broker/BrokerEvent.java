package dev.midge.broker;

import java.time.Instant;

/**
 * An event in the broker, as one line of its log.
 *
 * @param kind for the colour on a terminal
 * @param text the line without time; may hold further lines that start with a tab; user data is
 *     escaped
 */
public record BrokerEvent(Instant at, Level level, Kind kind, String text) {

  public enum Level {
    ERROR,
    WARNING,
    NOTICE,
    INFORMATION,
    DEBUG,
    SUBSCRIBE,
    UNSUBSCRIBE
  }

  public enum Kind {
    /** Start, stop, listeners. */
    BROKER,
    CONNECTED,
    /** A connection ended by DISCONNECT. */
    GOODBYE,
    /** A connection ended in any other way. */
    ABRUPT_END,
    /** A will was accepted, delayed, published or discarded. */
    WILL,
    PACKET_IN,
    PACKET_OUT,
    /** A fault happened. */
    FAULT,
    OTHER
  }
}
