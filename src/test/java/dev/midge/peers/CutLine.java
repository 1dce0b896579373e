package dev.midge.peers;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A line between a client and a broker that the test can cut: both ends see a reset, as if the
 * cable's other end had died. New connections through it work as before. Threads of its own.
 */
final class CutLine implements Closeable {
  private final ServerSocket door;
  private final int brokerPort;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong budget = new AtomicLong(Long.MAX_VALUE);

  CutLine(int brokerPort) throws IOException {
    this.brokerPort = brokerPort;
    this.door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start(this::serve);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Cuts all connections of now. */
  void cut() {
    for (Socket socket : open) {
      reset(socket);
    }
  }

  /**
   * Cuts all connections after so many more bytes, of both ways together, in mid-packet perhaps.
   */
  void cutAfter(long bytes) {
    budget.set(bytes);
  }

  private void serve() throws IOException {
    while (true) {
      Socket client = door.accept();
      Socket broker;
      try {
        broker = new Socket(InetAddress.getByName("127.0.0.1"), brokerPort);
      } catch (IOException e) {
        reset(client);
        continue;
      }
      client.setTcpNoDelay(true);
      broker.setTcpNoDelay(true);
      open.add(client);
      open.add(broker);
      start(() -> carry(client, broker));
      start(() -> carry(broker, client));
    }
  }

  private void carry(Socket from, Socket to) throws IOException {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[64 * 1024];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        long left = budget.addAndGet(-count);
        if (left < 0) {
          out.write(buffer, 0, (int) Math.max(0, count + left));
          budget.set(Long.MAX_VALUE);
          cut();
        } else {
          out.write(buffer, 0, count);
        }
      }
      to.shutdownOutput();
    } catch (IOException cut) {
      reset(to);
    } finally {
      open.remove(from);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  private interface Job {
    void run() throws IOException;
  }

  private static void start(Job job) {
    Thread thread =
        new Thread(
            () -> {
              try {
                job.run();
              } catch (IOException closed) {
                // The end of the line.
              }
            },
            "line");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
