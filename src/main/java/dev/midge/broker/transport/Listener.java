package dev.midge.broker.transport;

import dev.midge.broker.config.SocketFamily;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.net.IpLiteral;
import dev.midge.net.socket.ListeningSockets;
import dev.midge.net.socket.SocketFile;
import dev.midge.net.socket.UnixSockets;
import java.io.IOException;
import java.net.Inet4Address;
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

  /** The families of addresses that one socket has. */
  public enum Family {
    IPV4,
    IPV6,
    /** IPv4 and IPv6. */
    BOTH,
    UNIX
  }

  /** The address that stands for all addresses of the machine. */
  private static final String ALL = "*";

  // Connections that the system accepts before the loop does.
  private static final int BACKLOG = 1024;

  /**
   * Opens a port. A machine without IPv6 is no error where IPv4 is wanted, too.
   *
   * @param address a name or an address of this machine; {@code *} for all; null for the loopback
   *     addresses
   * @param family of the addresses that are wanted, of these
   * @param port 1 to 65535; 0 for one that is free at all of them
   * @return one of IPv4 first, if there are several
   */
  public static List<Listener> open(
      @Nullable String address,
      SocketFamily family,
      int port,
      ListenerSettings settings,
      ChannelLayers layers)
      throws IOException {
    StandardProtocolFamily only = family == SocketFamily.BOTH ? null : only(family);
    if (ALL.equals(address)) {
      ServerSocketChannel channel = ListeningSockets.everywhere(port, only);
      boolean isOne = only != null || !ListeningSockets.isIpv6(channel);
      return List.of(of(channel, isOne ? family(channel) : Family.BOTH, settings, layers));
    }
    List<Listener> opened = new ArrayList<>(2);
    for (ServerSocketChannel channel :
        address == null
            ? ListeningSockets.loopback(port, only)
            : ListeningSockets.at(address, port, only)) {
      opened.add(of(channel, family(channel), settings, layers));
    }
    return opened;
  }

  private static StandardProtocolFamily only(SocketFamily family) {
    return family == SocketFamily.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
  }

  private static Family family(ServerSocketChannel channel) {
    return ListeningSockets.isIpv6(channel) ? Family.IPV6 : Family.IPV4;
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
    ServerSocketChannel channel = UnixSockets.listener();
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
      try {
        path.remove();
      } catch (IOException e) {
        // A file that stays is replaced by the next broker; the end of this one goes on.
      }
    }
  }

  /** Tells whether the peer is one of its family: a socket of IPv6 gets those of IPv4 as well. */
  boolean takes(SocketAddress peer) {
    return family != Family.IPV6
        || !(peer instanceof InetSocketAddress address
            && address.getAddress() instanceof Inet4Address);
  }

  /** Returns the address of a peer as the log shows it. */
  String text(SocketAddress peer) {
    return path != null ? path.toString() : text((InetSocketAddress) peer);
  }

  private static String text(InetSocketAddress address) {
    return IpLiteral.text(address.getAddress()) + ":" + address.getPort();
  }

  /** Returns the address of a peer without its port. */
  String host(SocketAddress peer) {
    return path != null ? path.toString() : IpLiteral.text(((InetSocketAddress) peer).getAddress());
  }
}
