package dev.midge.net.socket;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Opens listening sockets of TCP, which block. */
public final class ListeningSockets {
  private static final String IPV4 = "127.0.0.1";
  private static final String IPV6 = "::1";
  private static final int ATTEMPTS = 20;

  // Connections that the system accepts before the program does.
  private static final int BACKLOG = 1024;

  private ListeningSockets() {}

  /**
   * Opens a port on the loopback addresses of both families, IPv4 first. A machine without IPv6 is
   * no error.
   *
   * @param port 1 to 65535; 0 for one that is free in both families
   */
  public static List<ServerSocketChannel> loopback(int port) throws IOException {
    boolean both = hasIpv6();
    for (int attempt = 1; ; attempt++) {
      List<ServerSocketChannel> opened = new ArrayList<>(2);
      try {
        ServerSocketChannel ipv4 = open(IPV4, port, false);
        opened.add(ipv4);
        if (both) {
          opened.add(open(IPV6, ipv4.socket().getLocalPort(), true));
        }
        return opened;
      } catch (IOException e) {
        for (ServerSocketChannel channel : opened) {
          channel.close();
        }
        // Free in one family does not mean free in the other.
        if (port != 0 || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static boolean hasIpv6() {
    try {
      open(IPV6, 0, true).close();
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * Opens a port on one address.
   *
   * @param address a name or an address of this machine
   * @param port 1 to 65535; 0 for a free one
   */
  public static ServerSocketChannel at(String address, int port) throws IOException {
    return open(address, port, isIpv6(address));
  }

  /**
   * Tells whether an address is one of IPv6.
   *
   * @throws java.net.UnknownHostException when it is a name that nobody knows
   */
  public static boolean isIpv6(String address) throws IOException {
    return InetAddress.getByName(address) instanceof Inet6Address;
  }

  private static ServerSocketChannel open(String address, int port, boolean ipv6)
      throws IOException {
    ServerSocketChannel channel =
        ServerSocketChannel.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
    try {
      channel.bind(new InetSocketAddress(InetAddress.getByName(address), port), BACKLOG);
      return channel;
    } catch (IOException e) {
      channel.close();
      if (e instanceof BindException) {
        throw new IOException(address + " port " + port + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }
}
