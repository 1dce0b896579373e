package dev.midge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Sends back what it gets, and remembers how each connection ended. */
public final class EchoServer implements AutoCloseable {
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<String> endings = new LinkedBlockingQueue<>();

  public EchoServer(ServerSocket server) {
    this.server = server;
    Threads.start("echo", this::accept);
  }

  public static EchoServer start() {
    return new EchoServer(loopback());
  }

  /** On a free port. */
  static ServerSocket loopback() {
    try {
      return new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket socket = server.accept();
      open.add(socket);
      Threads.start("echo", () -> echo(socket));
    }
  }

  private void echo(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      in.transferTo(out);
      endings.add("end");
    } catch (IOException e) {
      endings.add(String.valueOf(e.getMessage()));
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Waits for the end of the next connection: {@code end}, or the message of the exception. */
  public String ending() throws InterruptedException {
    return endings.poll(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
