package dev.midge.bench;

import java.io.IOException;
import java.util.List;

/** A publisher and a subscriber whose messages are counted; the driver waits for them all. */
final class Stream implements AutoCloseable {
  final Wire out;
  final Wire in;
  private final Subscriber subscriber;

  Stream(int port) throws IOException {
    in = Wire.open(port, "bench-sub", Wire.BUFFER);
    subscriber = new Subscriber(in);
    out = Wire.open(port, "bench-pub", Wire.BUFFER);
  }

  /** Publishes packets, some at once, and waits for each lot. */
  int pass(List<byte[]> packets, int atOnce) throws IOException {
    for (int i = 0; i < packets.size(); i += atOnce) {
      int end = Math.min(packets.size(), i + atOnce);
      for (byte[] packet : packets.subList(i, end)) {
        out.out.put(packet);
      }
      await(end - i);
    }
    return packets.size();
  }

  /** Waits for so many more messages, asleep; a broker that never sends them is ended one day. */
  void await(int count) throws IOException {
    long expected = subscriber.received() + count;
    in.channel.configureBlocking(true);
    while (!in.flush() || !out.flush()) {
      Thread.yield();
    }
    while (subscriber.received() < expected) {
      subscriber.ready();
    }
    in.channel.configureBlocking(false);
  }

  @Override
  public void close() throws IOException {
    in.close();
    out.close();
  }
}
