package dev.midge.bench;

import java.io.IOException;

/** Retained messages: one more, and one of all those that a subscriber to {@code #} gets. */
final class GrowingRetained implements Growth.Probe {
  private static final int MORE = 50;
  private static final int TIMES = 40;
  private static final int LEAST_DELIVERED = 2_000;

  /** mosquitto as it comes holds SUBACK and a message 40 ms apart: time, but no work. */
  private static final int MOST_TIMES = 10;

  private final Stream stream;
  private int size;

  /** Returns the series up to that size. */
  static Growth upTo(int largest) {
    return new Growth(
        "retained",
        "retained messages",
        "a retained message, stored and cleared",
        "one of all, to a subscriber to `#`",
        GrowthBench.powersOfTen(largest),
        GrowingRetained::new);
  }

  private GrowingRetained(Server server) throws IOException {
    stream = new Stream(server.port);
  }

  @Override
  public void growTo(int size) throws IOException {
    publish(this.size, size, Throughput.PAYLOAD);
    this.size = size;
  }

  @Override
  public int first() throws IOException {
    for (int i = 0; i < TIMES; i++) {
      publish(size, size + MORE, Throughput.PAYLOAD);
      publish(size, size + MORE, 0);
    }
    return TIMES * MORE;
  }

  /**
   * @param payload none clears it
   */
  private void publish(int from, int to, int payload) throws IOException {
    Bulk.publish(
        stream.out,
        to - from,
        i -> {
          int number = from + i;
          String topic = "site/" + number / 1000 + "/room/" + number % 1000 + "/temperature";
          return Packets.publish(topic, 0, true, payload);
        });
    stream.out.channel.configureBlocking(false);
  }

  @Override
  public int second() throws IOException {
    int times = Math.min(MOST_TIMES, Math.max(1, LEAST_DELIVERED / size));
    for (int i = 0; i < times; i++) {
      stream.in.out.put(Packets.subscribe(1, 0, "#"));
      stream.await(size);
      Bulk.ask(stream.in, Packets.unsubscribe(1, "#"));
    }
    return times * size;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
