package dev.midge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Subscriptions with a wildcard, of one client: one more, and a message for one of them. */
final class GrowingSubscriptions implements Growth.Probe {
  private static final int MORE = 50;
  private static final int TIMES = 10;
  private static final int PER_PACKET = 50;
  private static final int LEAST_MESSAGES = 2_000;
  private static final int MOST_MESSAGES = 20_000;
  private static final int AT_ONCE = 100;
  private final Stream stream;
  private int size;
  private int next;

  /** Returns the series up to that size. */
  static Growth upTo(int largest) {
    return new Growth(
        "subscriptions",
        "subscriptions",
        "a subscription, begun and ended",
        "a message for one of them",
        GrowthBench.powersOfTen(largest),
        GrowingSubscriptions::new);
  }

  private GrowingSubscriptions(Server server) throws IOException {
    stream = new Stream(server.port);
  }

  @Override
  public void growTo(int size) throws IOException {
    Bulk.ask(stream.in, packets(this.size, size, true));
    this.size = size;
  }

  @Override
  public int first() throws IOException {
    for (int i = 0; i < TIMES; i++) {
      Bulk.ask(stream.in, packets(size, size + MORE, true));
      Bulk.ask(stream.in, packets(size, size + MORE, false));
    }
    return TIMES * MORE;
  }

  private static ByteBuffer[] packets(int from, int to, boolean begins) {
    List<ByteBuffer> packets = new ArrayList<>();
    for (int i = from; i < to; i += PER_PACKET) {
      String[] filters = new String[Math.min(PER_PACKET, to - i)];
      for (int j = 0; j < filters.length; j++) {
        filters[j] = "site/" + (i + j) + "/+/state";
      }
      packets.add(begins ? Packets.subscribe(1, 0, filters) : Packets.unsubscribe(1, filters));
    }
    return packets.toArray(new ByteBuffer[0]);
  }

  /**
   * The topics go round, as far as there is time for, so that a broker that remembers what the last
   * ones matched has its chance; with steps, so that they lie far apart.
   */
  @Override
  public int second() throws IOException {
    List<byte[]> messages = new ArrayList<>();
    int count = Math.min(MOST_MESSAGES, Math.max(LEAST_MESSAGES, size));
    for (int i = 0; i < count; i++) {
      next = (int) ((next + 7_919L) % size);
      String topic = "site/" + next + "/unit-1/state";
      messages.add(Packets.publish(topic, 0, false, Throughput.PAYLOAD));
    }
    return stream.pass(messages, AT_ONCE);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
