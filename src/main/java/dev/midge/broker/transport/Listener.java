package dev.midge.broker.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * An open listening socket.
 *
 * @param port the real one, also when a free one was asked for
 */
public record Listener(ServerSocketChannel channel, int port, boolean ipv6) {
  private static final String IPV4 = "127.0.0.1";
  private static final String IPV6 = "::1";
  private static final int ATTEMPTS = 20;

  // As many connections as can come in at once before the loop looks.
  private static final int BACKLOG = 1024;

  /**
   * Opens a port on the loopback addresses of both families. A machine without IPv6 is no error.
   *
   * @param port 1 to 65535; 0 for one that is free in both families
   */
  public static List<Listener> openLocal(int port) throws IOException {
    boolean both = hasIpv6();
    for (int attempt = 1; ; attempt++) {
      List<Listener> opened = new ArrayList<>(2);
      try {
        Listener ipv4 = open(IPV4, port, false);
        opened.add(ipv4);
        if (both) {
          opened.add(open(IPV6, ipv4.port, true));
        }
        return opened;
      } catch (IOException e) {
        for (Listener listener : opened) {
          listener.channel.close();
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
      open(IPV6, 0, true).channel.close();
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static Listener open(String address, int port, boolean ipv6) throws IOException {
    ServerSocketChannel channel =
        ServerSocketChannel.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
    try {
      channel.bind(new InetSocketAddress(InetAddress.getByName(address), port), BACKLOG);
      channel.configureBlocking(false);
      return new Listener(channel, channel.socket().getLocalPort(), ipv6);
    } catch (IOException e) {
      channel.close();
      if (e instanceof BindException) {
        throw new IOException(address + " port " + port + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /** An address as the log shows it. */
  static String text(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    String text =
        host instanceof Inet6Address && host.isLoopbackAddress() ? IPV6 : host.getHostAddress();
    return text + ":" + address.getPort();
  }
}
