package dev.midge.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.net.Endpoint.Transport;
import dev.midge.net.connect.Channels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** Opens, fills and checks channels for the tests of all of them. */
public final class ChannelTrial {
  /** Both sides of where lengths of packets and of frames take another form. */
  static final int[] SIZES = {0, 1, 123, 124, 127, 128, 65_531, 65_532, 2_000_000};

  /** A thread for each task: Java 25 has as few common threads as cores. */
  public static final Executor THREADS = task -> daemon(task).start();

  private ChannelTrial() {}

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  static Endpoint tcp(int port) {
    return new Endpoint("127.0.0.1", port, null);
  }

  public static Endpoint through(ProxySpec proxy, String host, int port) {
    return new Endpoint(Transport.TCP, host, port, null, null, proxy);
  }

  public static ClientChannel connected(Endpoint endpoint) throws IOException {
    ClientChannel channel = Channels.to(endpoint);
    channel.connect();
    return channel;
  }

  /** Sends MQTT packets of these sizes to an echo, and gets the same bytes back. */
  public static void assertEchoes(ClientChannel channel) throws IOException {
    for (int size : SIZES) {
      byte[] packet = packet(size);
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(() -> write(channel, packet, Integer.MAX_VALUE), THREADS);
      assertThat(channel.in().readNBytes(packet.length)).as("%s bytes", size).isEqualTo(packet);
      writing.join();
    }
  }

  /** Writes these bytes in pieces of at most so many. */
  public static void write(ClientChannel channel, byte[] bytes, int piece) {
    try {
      for (int at = 0; at < bytes.length; at += Math.min(piece, bytes.length - at)) {
        channel.out().write(bytes, at, Math.min(piece, bytes.length - at));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void close(ClientChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes until nobody takes it any more; ends when the channel is closed. */
  public static CompletableFuture<Void> flood(ClientChannel channel, AtomicLong written) {
    return CompletableFuture.runAsync(
        () -> {
          byte[] packet = packet(100_000);
          try {
            while (true) {
              channel.out().write(packet);
              written.addAndGet(packet.length);
            }
          } catch (IOException closed) {
            // As expected.
          }
        },
        THREADS);
  }

  /** Waits until nothing more is written. */
  public static void awaitStuck(AtomicLong written) {
    AtomicLong before = new AtomicLong(-1);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(30))
        .until(() -> written.get() > 0 && before.getAndSet(written.get()) == written.get());
  }

  /** A packet with that many random bytes behind its fixed header. */
  public static byte[] packet(int size) {
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
