import dev.midge.broker.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures the broker as tests use it. Started by {@code src/bench/junit}. */
final class EmbeddedBench {
  private EmbeddedBench() {}

  public static void main(String[] words) throws Exception {
    int brokers = 200;
    int clients = 1000;
    for (int i = 0; i + 1 < words.length; i += 2) {
      switch (words[i]) {
        case "--brokers" -> brokers = Integer.parseInt(words[i + 1]);
        case "--clients" -> clients = Integer.parseInt(words[i + 1]);
        default -> throw new IllegalArgumentException("unknown option " + words[i]);
      }
    }
    System.out.println("| | measured |");
    System.out.println("|---|---|");
    long begin = System.nanoTime();
    long ready;
    long connected;
    try (EmbeddedBroker broker = EmbeddedBroker.create().start()) {
      ready = System.nanoTime();
      connect(broker.port(), "dev-1", 0).close();
      connected = System.nanoTime();
    }
    System.out.printf("| the first broker, ready | %.1f ms |%n", (ready - begin) / 1e6);
    System.out.printf(
        "| the first broker, until a client is connected | %.1f ms |%n", (connected - begin) / 1e6);
    double[] later = new double[50];
    for (int i = 0; i < later.length; i++) {
      later[i] = start();
    }
    Arrays.sort(later);
    System.out.printf(
        "| a later one, until a client is connected: median, most of %d | %.1f, %.1f ms |%n",
        later.length, later[later.length / 2], later[later.length - 1]);
    memory(brokers);
    keepAlives(clients);
  }

  /** Milliseconds from the creation of a broker to the CONNACK of its first client. */
  private static double start() throws IOException {
    long begin = System.nanoTime();
    try (EmbeddedBroker broker = EmbeddedBroker.create().start();
        Socket client = connect(broker.port(), "dev-1", 0)) {
      return (System.nanoTime() - begin) / 1e6;
    }
  }

  private static Socket connect(int port, String id, int keepAlive) throws IOException {
    Socket socket = new Socket("localhost", port);
    byte[] name = id.getBytes(StandardCharsets.UTF_8);
    byte[] connect = new byte[14 + name.length];
    byte[] head = {
      0x10,
      (byte) (12 + name.length),
      0,
      4,
      'M',
      'Q',
      'T',
      'T',
      4,
      2,
      0,
      (byte) keepAlive,
      0,
      (byte) name.length
    };
    System.arraycopy(head, 0, connect, 0, head.length);
    System.arraycopy(name, 0, connect, head.length, name.length);
    socket.getOutputStream().write(connect);
    InputStream in = socket.getInputStream();
    if (in.readNBytes(4)[3] != 0) {
      throw new IOException("refused");
    }
    return socket;
  }

  /** Heap and processor time of brokers at rest. */
  private static void memory(int count) throws InterruptedException {
    long before = used();
    List<EmbeddedBroker> brokers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      brokers.add(EmbeddedBroker.create().start());
    }
    double kilobytes = (used() - before) / 1024.0 / count;
    System.out.printf("| heap of a broker at rest, of %d | %.0f KB |%n", count, kilobytes);
    brokers.forEach(EmbeddedBroker::close);
  }

  private static long used() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(50);
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static void keepAlives(int count) throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.create().drivenTime().start()) {
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        clients.add(connect(broker.port(), "dev-" + i, 60));
      }
      long begin = System.nanoTime();
      broker.advance(Duration.ofHours(1));
      double millis = (System.nanoTime() - begin) / 1e6;
      if (!broker.connected().isEmpty()) {
        throw new IllegalStateException(broker.connected().size() + " are still connected");
      }
      System.out.printf("| an hour of keep alive of %d clients | %.0f ms |%n", count, millis);
      for (Socket each : clients) {
        each.close();
      }
    }
    try (EmbeddedBroker broker = EmbeddedBroker.create().drivenTime().start();
        Socket client = connect(broker.port(), "dev-1", 60)) {
      long begin = System.nanoTime();
      broker.advance(Duration.ofHours(1));
      double millis = (System.nanoTime() - begin) / 1e6;
      System.out.printf("| an hour of keep alive of one client | %.2f ms |%n", millis);
      client.getInputStream();
    }
  }
}
