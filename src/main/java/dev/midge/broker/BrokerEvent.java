package dev.midge.broker;

import java.time.Instant;

/**
 * Something that happened in the broker, as one line of its log.
 *
 * @param kind what it tells, so that a terminal can colour it
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
    /** A will was taken over, is waiting, was sent or was thrown away. */
    WILL,
    PACKET_IN,
    PACKET_OUT,
    OTHER
  }
}
