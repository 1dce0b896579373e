package dev.midge.lwt;

import java.time.Duration;

/**
 * One packet, or one event of a connection, in the course of a row.
 *
 * @param time since the row began
 * @param client whose connection it was: {@code victim}, {@code watcher} and the like
 * @param direction which way it went
 * @param text the packet in words, without passwords and with its payload shortened
 */
public record TracedPacket(Duration time, String client, Direction direction, String text) {
  /** The way of a packet. */
  public enum Direction {
    SENT,
    RECEIVED,
    /** No packet: the connection was opened, cut or lost. */
    EVENT
  }
}
