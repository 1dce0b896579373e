package dev.midge.lwt.peer;

import java.time.Duration;

/**
 * One packet, or one event of a connection, in the course of a row.
 *
 * @param time since the row began
 * @param client the name of the connection: {@code client}, {@code watcher} and the like
 * @param text a description of the packet, without passwords and with its payload shortened
 */
public record TracedPacket(Duration time, String client, Direction direction, String text) {
  /** The direction of a packet, from the side of the client. */
  public enum Direction {
    SENT,
    RECEIVED,
    /** An event that is no packet: the connection was opened, cut or lost. */
    EVENT
  }
}
