package dev.midge.lwt.peer;

import dev.midge.fault.Effect;
import dev.midge.lwt.peer.TracedPacket.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the packets of one row, for the report. The threads of all connections of the row add to
 * it.
 */
public final class PacketTrace {
  /** Enough for most rows; of those that send hundreds the first and the last packets are kept. */
  private static final int MOST = 120;

  private final long start = System.nanoTime();
  private final List<TracedPacket> packets = new ArrayList<>();
  private int leftOut;

  public synchronized void add(String client, Direction direction, String text) {
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    if (packets.size() == MOST) {
      packets.remove(MOST / 2);
      leftOut++;
    }
    packets.add(new TracedPacket(time, client, direction, text));
  }

  /** Adds an event that is no packet. */
  public void event(String client, String text) {
    add(client, Direction.EVENT, text);
  }

  /** Adds the end of a connection by an effect. */
  public void end(String client, Effect effect) {
    event(client, description(effect));
  }

  private static String description(Effect effect) {
    return switch (effect.kind()) {
      case CLOSE -> "closes the connection (TCP FIN) without DISCONNECT";
      case RESET -> "resets the connection (TCP RST)";
      case FREEZE -> "falls silent with an open socket";
      default -> effect.toString();
    };
  }

  /** Returns the packets in order; a line in the middle counts those that were left out. */
  public synchronized List<TracedPacket> packets() {
    List<TracedPacket> all = new ArrayList<>(packets);
    if (leftOut > 0) {
      Duration time = all.get(MOST / 2 - 1).time();
      all.add(MOST / 2, new TracedPacket(time, "", Direction.EVENT, leftOut + " packets left out"));
    }
    return all;
  }
}
