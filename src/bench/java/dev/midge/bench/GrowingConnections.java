package dev.midge.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Idle connections: one more, and a message between two others. */
record GrowingConnections(int[] sizes) implements Growth {
  private static final int MORE = 50;
  private static final int TIMES = 10;
  private static final int MESSAGES = 500;
  private static final String TOPIC = "bench/a";

  GrowingConnections(int largest) {
    this(Arrays.stream(new int[] {1, 10, 100, 1_000, 10_000}).filter(n -> n <= largest).toArray());
  }

  /** Returns how many descriptors the largest size needs in each process. */
  static int descriptors(int size) {
    return size + MORE + 200;
  }

  @Override
  public String name() {
    return "connections";
  }

  @Override
  public String things() {
    return "idle connections";
  }

  @Override
  public String firstOperation() {
    return "a connection, opened and closed";
  }

  @Override
  public String secondOperation() {
    return "a message between two others";
  }

  @Override
  public Probe at(Server server) throws IOException {
    return new At(server);
  }

  private static final class At implements Probe {
    private final Crowd crowd;
    private final Stream stream;
    private final List<byte[]> messages =
        Collections.nCopies(MESSAGES, Packets.publish(TOPIC, 0, false, Throughput.PAYLOAD));
    private int size;

    At(Server server) throws IOException {
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
}
