package dev.midge.proxy;

import dev.midge.net.socket.TcpChannel;
import dev.midge.proxy.carry.Connection;
import dev.midge.proxy.carry.Connections;
import dev.midge.proxy.carry.ProxyThread;
import dev.midge.proxy.carry.Surroundings;
import dev.midge.proxy.event.ConnectionName;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** Accepts the connections of one listening socket, on a thread of its own. */
final class Acceptor {
  private final ServerSocketChannel door;
  private final Surroundings around;
  private final Connections connections;
  private final AtomicInteger numbers;
  private final Pause pause;

  Acceptor(
      ServerSocketChannel door,
      Surroundings around,
      Connections connections,
      AtomicInteger numbers,
      Pause pause) {
    this.door = door;
    this.around = around;
    this.connections = connections;
    this.numbers = numbers;
    this.pause = pause;
  }

  void start() {
    ProxyThread.start("accept", this::run);
  }

  void close() throws IOException {
    door.close();
  }

  private void run() {
    while (door.isOpen()) {
      try {
        pause.awaitEnd();
        Socket socket = door.accept().socket();
        pause.awaitEnd();
        serve(socket);
      } catch (IOException e) {
        // Closed; or the client has gone, or there is no room for its socket: others may come.
        pause.aMoment();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    InetSocketAddress client = (InetSocketAddress) socket.getRemoteSocketAddress();
    ConnectionName name = new ConnectionName(numbers.incrementAndGet(), null, text(client));
    around.listener().accepted(name, client);
    TcpChannel near = TcpChannel.accepted(socket);
    Connection connection = new Connection(name, near, around, connections::changed);
    if (!connections.add(connection)) {
      near.abort();
      return;
    }
    ProxyThread.start(
        "out " + name.number(),
        () -> {
          try {
            connection.run(() -> {});
          } finally {
            connections.remove(connection);
          }
        });
  }

  private static String text(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    String text =
        host instanceof Inet6Address
            ? "[" + (host.isLoopbackAddress() ? "::1" : host.getHostAddress()) + "]"
            : host.getHostAddress();
    return text + ":" + address.getPort();
  }
}
