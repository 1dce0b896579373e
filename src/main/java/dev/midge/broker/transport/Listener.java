package dev.midge.broker.transport;

import dev.midge.broker.core.ListenerSettings;
import dev.midge.net.socket.ListeningSockets;
import dev.midge.net.socket.SocketFile;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open listening socket, and the layers between its connections and the codec.
 *
 * @param port the real one, also when a free one was asked for; 0 for a unix socket
 * @param path of a unix socket; null for TCP
 * @param settings of all sockets that belong to one listener of the configuration
 */
public record Listener(
    ServerSocketChannel channel,
    int port,
    Family family,
    @Nullable SocketFile path,
    ListenerSettings settings,
    ChannelLayers layers) {

  public enum Family {
    IPV4,
    IPV6,
    UNIX
  }

  private static final String IPV6 = "::1";

  // Connections that the system accepts before the loop does.
  private static final int BACKLOG = 1024;

  /**
   * Opens a port on the loopback addresses of both families. A machine without IPv6 is no error.
   *
   * @param port 1 to 65535; 0 for one that is free in both families
   */
  public static List<Listener> openLocal(int port, ListenerSettings settings, ChannelLayers layers)
      throws IOException {
    List<Listener> opened = new ArrayList<>(2);
    for (ServerSocketChannel channel : ListeningSockets.loopback(port)) {
      opened.add(of(channel, opened.isEmpty() ? Family.IPV4 : Family.IPV6, settings, layers));
    }
    return opened;
  }

  /**
   * Opens a port on one address.
   *
   * @param address a name or an address of this machine
   * @param port 1 to 65535; 0 for a free one
   */
  public static Listener open(
      String address, int port, ListenerSettings settings, ChannelLayers layers)
      throws IOException {
    Family family = ListeningSockets.isIpv6(address) ? Family.IPV6 : Family.IPV4;
    return of(ListeningSockets.at(address, port), family, settings, layers);
  }

  private static Listener of(
      ServerSocketChannel channel, Family family, ListenerSettings settings, ChannelLayers layers)
      throws IOException {
    channel.configureBlocking(false);
    return new Listener(channel, channel.socket().getLocalPort(), family, null, settings, layers);
  }

  /**
   * Opens a unix socket. The file of a broker that was killed is replaced.
   *
   * @throws IOException also when another process listens there, or the file is no socket
   */
  public static Listener openUnix(Path path, ListenerSettings settings, ChannelLayers layers)
      throws IOException {
    SocketFile.clear(path);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
      channel.configureBlocking(false);
      return new Listener(channel, 0, Family.UNIX, SocketFile.of(path), settings, layers);
    } catch (IOException e) {
      channel.close();
      throw e instanceof SocketException ? new IOException(path + ": " + e.getMessage(), e) : e;
    }
  }

  /** Closes the socket, and removes the file of a unix socket. */
  public void close() throws IOException {
    channel.close();
    if (path != null) {
      path.remove();
    }
  }

  /** Returns the address of a peer as the log shows it. */
  String text(SocketAddress peer) {
    return path != null ? path.toString() : text((InetSocketAddress) peer);
  }

  private static String text(InetSocketAddress address) {
    return host(address) + ":" + address.getPort();
  }

  /** Returns the address of a peer without its port. */
  String host(SocketAddress peer) {
    return path != null ? path.toString() : host((InetSocketAddress) peer);
  }

  private static String host(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    return host instanceof Inet6Address && host.isLoopbackAddress() ? IPV6 : host.getHostAddress();
  }
}
