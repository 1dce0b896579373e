package dev.midge.lwt.peer;

import dev.midge.lwt.peer.TracedPacket.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the packets of one row, for the report. Written to by the threads of all connections of the
 * row.
 */
public final class PacketTrace {
  /** A row sends a few dozen packets; two rows send hundreds, of which the first and last count. */
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

  public void event(String client, String text) {
    add(client, Direction.EVENT, text);
  }

  public synchronized List<TracedPacket> packets() {
    List<TracedPacket> all = new ArrayList<>(packets);
    if (leftOut > 0) {
      Duration time = all.get(MOST / 2 - 1).time();
      all.add(MOST / 2, new TracedPacket(time, "", Direction.EVENT, leftOut + " packets left out"));
    }
    return all;
  }
}
