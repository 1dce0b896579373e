package dev.midge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** Stands in front of a port of this machine and counts the bytes that clients send there. */
public final class Tap implements AutoCloseable {
  private final ServerSocket server = EchoServer.loopback();
  private final AtomicLong bytes = new AtomicLong();
  private volatile String ending = "";

  private Tap() {}

  public static Tap to(int port) {
    Tap tap = new Tap();
    Threads.start(
        "tap",
        () -> {
          while (true) {
            Socket client = tap.server.accept();
            Socket target = Relay.connect(port);
            Threads.start("tap", () -> tap.carry(client, target));
            Threads.start("tap", () -> Relay.copy(target.getInputStream(), client));
          }
        });
    return tap;
  }

  private void carry(Socket client, Socket target) throws IOException {
    InputStream in = client.getInputStream();
    OutputStream out = target.getOutputStream();
    byte[] buffer = new byte[64 * 1024];
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        bytes.addAndGet(count);
        out.write(buffer, 0, count);
      }
      ending = "FIN";
      target.shutdownOutput();
    } catch (IOException reset) {
      ending = "RST";
      target.setSoLinger(true, 0);
      target.close();
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Returns the number of bytes that clients have sent. */
  public long bytes() {
    return bytes.get();
  }

  /** Returns that number, once no more bytes have come for a while. */
  public long bytesOnceStill() {
    AtomicLong before = new AtomicLong(-1);
    Awaitility.await()
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> before.getAndSet(bytes()) == bytes());
    return bytes();
  }

  /** Returns the end of the last client: FIN, RST, or empty as long as it has not ended. */
  public String ending() {
    return ending;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
