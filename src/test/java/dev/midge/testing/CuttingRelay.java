package dev.midge.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A relay on a free loopback port that cuts the connections it carries, as its seed will have it:
 * after so many bytes in one direction or after a moment, in the middle of a packet or not,
 * abruptly or plainly. Some connections it does not carry at all. The first one lives until the
 * client has sent 200 bytes, which is more than any CONNECT of these tests.
 */
public final class CuttingRelay implements AutoCloseable {

  private final ServerSocket server;
  private final int broker;
  private final Random random;
  private final int longest;
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final Set<CutConnection> carried = ConcurrentHashMap.newKeySet();

  /**
   * @param broker the port that all leads to
   * @param longest bytes that one connection may carry at most towards the broker
   */
  public CuttingRelay(int broker, long seed, int longest) throws IOException {
    this.broker = broker;
    this.longest = longest;
    random = new Random(seed);
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Threads.start("cutting relay", this::carry);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Connections cut so far. */
  public int cuts() {
    return cuts.get();
  }

  /** Connections not carried so far. */
  public int refusals() {
    return refusals.get();
  }

  private void carry() throws IOException {
    for (boolean first = true; ; first = false) {
      Socket client = server.accept();
      if (!first && random.nextInt(8) == 0) {
        refusals.incrementAndGet();
        client.setSoLinger(random.nextBoolean(), 0);
        client.close();
        continue;
      }
      Cut cut =
          first ? Cut.afterSent(200 + random.nextInt(2000), random) : Cut.any(random, longest);
      CutConnection connection =
          new CutConnection(client, Relay.connect(broker), cut, cuts::incrementAndGet);
      carried.add(connection);
      connection.start();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    carried.forEach(CutConnection::tear);
  }

  /**
   * The fate of a connection.
   *
   * @param sent bytes towards the broker after which it is cut
   * @param received bytes towards the client after which it is cut
   * @param millis after which it is cut
   * @param abrupt whether the client sees a reset
   * @param abruptBehind whether the broker does
   */
  record Cut(int sent, int received, int millis, boolean abrupt, boolean abruptBehind) {

    private static final int NEVER = Integer.MAX_VALUE;

    static Cut afterSent(int bytes, Random random) {
      return new Cut(bytes, NEVER, NEVER, random.nextBoolean(), random.nextBoolean());
    }

    static Cut any(Random random, int longest) {
      int kind = random.nextInt(5);
      int most = random.nextInt(10) == 0 ? longest : longest / 20;
      int bytes = (int) Math.pow(most, random.nextDouble()); // Short ones as often as long ones.
      return new Cut(
          kind < 2 ? bytes : longest,
          kind == 2 || kind == 3 ? 1 + bytes / 4 : NEVER,
          kind == 4 ? random.nextInt(60) : NEVER,
          random.nextBoolean(),
          random.nextBoolean());
    }
  }
}
