package dev.midge.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A port of the loopback that records what a client writes to it. What it answers is up to those
 * who extend it. One thread accepts, and each connection has its own.
 */
abstract class Listener implements AutoCloseable {
  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Recording recording = new Recording();

  Listener() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    inBackground(this::accept);
  }

  /** Serves one connection to its end; each byte read is fed to the stream. */
  abstract void serve(int connection, Socket client, PacketStream stream) throws IOException;

  private void accept() {
    for (int count = 0; ; count++) {
      try {
        Socket client = server.accept();
        client.setTcpNoDelay(true);
        sockets.add(client);
        PacketStream stream = recording.connection();
        int number = count;
        inBackground(() -> serveAndEnd(number, client, stream));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serveAndEnd(int number, Socket client, PacketStream stream) {
    try (client) {
      serve(number, client, stream);
    } catch (IOException torn) {
      // The client went in a hurry; what it had written is recorded.
    } finally {
      stream.end();
    }
  }

  static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "listener");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  /** Waits until everything that a client that has ended wrote is here. */
  Recording recording() {
    try {
      Awaitility.await()
          .pollInterval(5, TimeUnit.MILLISECONDS)
          .atMost(30, TimeUnit.SECONDS)
          .until(recording::isComplete);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("a connection of a client that is gone does not end", e);
    }
    return recording;
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
