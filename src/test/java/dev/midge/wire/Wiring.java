package dev.midge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.wire.Endpoint.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** What the tests of wires have in common. */
final class Wiring {
  /** Both sides of where lengths of packets and of frames take another form. */
  static final int[] SIZES = {0, 1, 123, 124, 127, 128, 65_531, 65_532, 2_000_000};

  private Wiring() {}

  static Endpoint tcp(int port) {
    return new Endpoint("127.0.0.1", port, null);
  }

  static Endpoint through(ProxySpec proxy, String host, int port) {
    return new Endpoint(Transport.TCP, host, port, null, null, proxy);
  }

  static ClientWire connected(Endpoint endpoint) throws IOException {
    ClientWire wire = Wires.to(endpoint);
    wire.connect();
    return wire;
  }

  /** Sends MQTT packets of these sizes to an echo, and gets the same bytes back. */
  static void assertEchoes(ClientWire wire) throws IOException {
    for (int size : SIZES) {
      byte[] packet = packet(size);
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                try {
                  wire.out().write(packet);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertThat(wire.in().readNBytes(packet.length)).as("%s bytes", size).isEqualTo(packet);
      writing.join();
    }
  }

  static void close(ClientWire wire) {
    try {
      wire.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes until nobody takes it any more; ends when the wire is closed. */
  static CompletableFuture<Void> flood(ClientWire wire, AtomicLong written) {
    return CompletableFuture.runAsync(
        () -> {
          byte[] packet = packet(100_000);
          try {
            while (true) {
              wire.out().write(packet);
              written.addAndGet(packet.length);
            }
          } catch (IOException closed) {
            // As expected.
          }
        });
  }

  /** Waits until nothing more is written. */
  static void awaitStuck(AtomicLong written) {
    AtomicLong before = new AtomicLong(-1);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(30))
        .until(() -> written.get() > 0 && before.getAndSet(written.get()) == written.get());
  }

  /** A packet with that many random bytes behind its fixed header. */
  static byte[] packet(int size) {
    byte[] head = new byte[5];
    int used = 0;
    head[used++] = 0x30;
    int rest = size;
    do {
      head[used++] = (byte) (rest > 0x7F ? rest & 0x7F | 0x80 : rest);
      rest >>= 7;
    } while (rest > 0);
    byte[] packet = new byte[used + size];
    new Random(size).nextBytes(packet);
    System.arraycopy(head, 0, packet, 0, used);
    return packet;
  }
}
