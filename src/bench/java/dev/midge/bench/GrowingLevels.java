package dev.midge.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;

/** Levels of a topic: a message to who names them all, and to who has a {@code +} for each. */
final class GrowingLevels implements Growth.Probe {
  private static final int MESSAGES = 2_000;
  private static final int AT_ONCE = 100;
  private final Stream stream;
  private int size;

  /** Returns the series up to that size; the last one is the most that mosquitto takes. */
  static Growth upTo(int largest) {
    return new Growth(
        "levels",
        "levels of a topic",
        "a message, all levels named",
        "a message, `+` at each level",
        Arrays.stream(new int[] {1, 2, 5, 10, 20, 50, 100, 200})
            .filter(n -> n <= largest)
            .toArray(),
        GrowingLevels::new);
  }

  private GrowingLevels(Server server) throws IOException {
    stream = new Stream(server.port);
  }

  @Override
  public void growTo(int size) {
    this.size = size;
  }

  @Override
  public int first() throws IOException {
    return pass("l");
  }

  @Override
  public int second() throws IOException {
    return pass("+");
  }

  private int pass(String level) throws IOException {
    Bulk.ask(stream.in, Packets.subscribe(1, 0, levels(level)));
    byte[] message = Packets.publish(levels("l"), 0, false, Throughput.PAYLOAD);
    int count = stream.pass(Collections.nCopies(MESSAGES, message), AT_ONCE);
    Bulk.ask(stream.in, Packets.unsubscribe(1, levels(level)));
    return count;
  }

  private String levels(String level) {
    return String.join("/", Collections.nCopies(size, level));
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
