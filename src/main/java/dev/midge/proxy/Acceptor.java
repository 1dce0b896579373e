package dev.midge.proxy;

import dev.midge.net.ByteChannel;
import dev.midge.net.socket.TcpChannel;
import dev.midge.net.tls.ServerTlsChannel;
import dev.midge.proxy.carry.Connection;
import dev.midge.proxy.carry.Connections;
import dev.midge.proxy.carry.ProxyContext;
import dev.midge.proxy.carry.ProxyThread;
import dev.midge.proxy.event.ConnectionName;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Accepts the connections of one listening socket, on a thread of its own. */
final class Acceptor {
  private final ServerSocketChannel door;
  private final ProxyContext around;
  private final Connections connections;
  private final AtomicInteger numbers;
  private final Pause pause;
  private final @Nullable SSLContext tls;

  Acceptor(
      ServerSocketChannel door,
      ProxyContext around,
      Connections connections,
      AtomicInteger numbers,
      Pause pause,
      @Nullable SSLContext tls) {
    this.door = door;
    this.around = around;
    this.connections = connections;
    this.numbers = numbers;
    this.pause = pause;
    this.tls = tls;
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
    TcpChannel network;
    try {
      network = TcpChannel.accepted(socket);
    } catch (IOException gone) {
      socket.close();
      throw gone;
    }
    InetSocketAddress client = (InetSocketAddress) socket.getRemoteSocketAddress();
    ConnectionName name = new ConnectionName(numbers.incrementAndGet(), null, text(client));
    around.listener().accepted(name, client);
    ServerTlsChannel secured = tls == null ? null : new ServerTlsChannel(network, tls);
    ByteChannel near = secured == null ? network : secured;
    Connection.Handshake handshake = secured == null ? () -> {} : secured::handshake;
    Connection connection = new Connection(name, near, around, connections::changed);
    if (!connections.add(connection)) {
      network.abort();
      around.listener().closed(name);
      return;
    }
    ProxyThread.start(
        "out " + name.number(),
        () -> {
          try {
            connection.run(handshake);
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
