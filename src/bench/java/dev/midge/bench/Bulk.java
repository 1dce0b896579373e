package dev.midge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/** Many different packets on one connection, as fast as they are taken. */
final class Bulk {
  private Bulk() {}

  /**
   * Writes packets of QoS 0, and waits until the broker has done with them: PINGRESP comes after.
   *
   * @return seconds
   */
  static double publish(Wire wire, int count, IntFunction<byte[]> packet) throws IOException {
    byte[][] packets = new byte[count][];
    for (int i = 0; i < count; i++) {
      packets[i] = packet.apply(i);
    }
    wire.channel.configureBlocking(true);
    long start = System.nanoTime();
    for (byte[] next : packets) {
      if (wire.out.remaining() < next.length) {
        wire.flush();
      }
      wire.out.put(next);
    }
    while (!wire.flush()) {}
    wire.ask(Packets.ping());
    return (System.nanoTime() - start) / 1e9;
  }

  /** Sends packets one after the other, each when the one before is answered. */
  static void ask(Wire wire, ByteBuffer... packets) throws IOException {
    wire.channel.configureBlocking(true);
    for (ByteBuffer packet : packets) {
      wire.ask(packet);
    }
    wire.channel.configureBlocking(false);
  }
}
