package dev.midge.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Idle connections: one more, and a message between two others. */
final class GrowingConnections implements Growth.Probe {
  private static final int MORE = 50;
  private static final int TIMES = 10;
  private static final int MESSAGES = 500;
  private static final String TOPIC = "bench/a";
  private final Crowd crowd;
  private final Stream stream;
  private final List<byte[]> messages =
      Collections.nCopies(MESSAGES, Packets.publish(TOPIC, 0, false, Throughput.PAYLOAD));
  private int size;

  /** Returns the series up to that size. */
  static Growth upTo(int largest) {
    return new Growth(
        "connections",
        "idle connections",
        "a connection, opened and closed",
        "a message between two others",
        Arrays.stream(new int[] {1, 10, 100, 1_000, 10_000}).filter(n -> n <= largest).toArray(),
        GrowingConnections::new);
  }

  /** Returns how many descriptors the largest size needs in each process. */
  static int descriptors(int size) {
    return size + MORE + 200;
  }

  private GrowingConnections(Server server) throws IOException {
    crowd = new Crowd(server.port);
    stream = new Stream(server.port);
    stream.in.subscribed(TOPIC, 0);
  }

  @Override
  public void growTo(int size) throws IOException {
    this.size = size;
    crowd.growTo(size);
  }

  @Override
  public int first() throws IOException {
    for (int i = 0; i < TIMES; i++) {
      crowd.growTo(size + MORE);
      crowd.shrinkTo(size);
    }
    return TIMES * MORE;
  }

  /** One at a time, so that every message is a turn of the broker's loop. */
  @Override
  public int second() throws IOException {
    return stream.pass(messages, 1);
  }

  @Override
  public void close() throws IOException {
    crowd.close();
    stream.close();
  }
}
