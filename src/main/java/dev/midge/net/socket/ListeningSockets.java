package dev.midge.net.socket;

import dev.midge.net.IpLiteral;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens listening sockets of TCP, which block. Errors name the address and the port. */
public final class ListeningSockets {
  private static final String IPV4 = "127.0.0.1";
  private static final String IPV6 = "::1";
  private static final String ALL_OF_IPV4 = "0.0.0.0";
  private static final String ALL_OF_IPV6 = "::";
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
    return loopback(port, null);
  }

  /**
   * Opens a port on the loopback addresses.
   *
   * @param port 1 to 65535; 0 for a free one
   * @param only the family that is wanted; null for both, as far as the machine has them
   */
  public static List<ServerSocketChannel> loopback(int port, @Nullable StandardProtocolFamily only)
      throws IOException {
    List<String> addresses = new ArrayList<>(2);
    if (only != StandardProtocolFamily.INET6) {
      addresses.add(IPV4);
    }
    if (only == StandardProtocolFamily.INET6 || only == null && hasIpv6()) {
      addresses.add(IPV6);
    }
    List<InetAddress> hosts = new ArrayList<>(2);
    for (String address : addresses) {
      hosts.add(InetAddress.getByName(address));
    }
    return open(hosts, port);
  }

  /**
   * Opens a port on all addresses of the machine, with one socket. A machine without IPv6 is no
   * error if IPv4 is wanted, too.
   *
   * @param port 1 to 65535; 0 for a free one
   * @param only the family that is wanted; null for both. A socket of IPv6 gets connections of IPv4
   *     as well: Java has no other
   */
  public static ServerSocketChannel everywhere(int port, @Nullable StandardProtocolFamily only)
      throws IOException {
    boolean ipv6 = only == StandardProtocolFamily.INET6 || only == null && hasIpv6();
    InetAddress all = InetAddress.getByName(ipv6 ? ALL_OF_IPV6 : ALL_OF_IPV4);
    return open(all, port, "port " + port);
  }

  /** Tells whether the socket is one of IPv6. */
  public static boolean isIpv6(ServerSocketChannel channel) {
    return channel.socket().getInetAddress() instanceof Inet6Address;
  }

  /** Tells whether the machine has addresses of IPv6. */
  private static boolean hasIpv6() {
    try {
      open(InetAddress.getByName(IPV6), 0, null).close();
      return true;
    } catch (IOException e) {
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
    return open(addresses(address, port)[0], port, address + " port " + port);
  }

  /**
   * Opens a port on all addresses of a name.
   *
   * @param address a name or an address of this machine
   * @param port 1 to 65535; 0 for one that is free at all of them
   * @param only the family that is wanted; null for both, as far as the machine has them
   */
  public static List<ServerSocketChannel> at(
      String address, int port, @Nullable StandardProtocolFamily only) throws IOException {
    List<InetAddress> hosts = new ArrayList<>();
    InetAddress[] all = addresses(address, port);
    boolean isMissing = only == null && all.length > 1 && !hasIpv6();
    for (InetAddress each : all) {
      StandardProtocolFamily family = family(each);
      boolean isWanted = only == null || family == only;
      if (isWanted && !(isMissing && family == StandardProtocolFamily.INET6)) {
        hosts.add(each);
      }
    }
    if (hosts.isEmpty()) {
      String what = only == StandardProtocolFamily.INET6 ? "IPv6" : "IPv4";
      throw new IOException(address + " port " + port + ": no address of " + what);
    }
    return open(hosts, port);
  }

  private static InetAddress[] addresses(String name, int port) throws IOException {
    try {
      return InetAddress.getAllByName(name);
    } catch (UnknownHostException e) {
      throw new IOException(name + " port " + port + ": no such address", e);
    }
  }

  private static StandardProtocolFamily family(InetAddress host) {
    return host instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }

  private static List<ServerSocketChannel> open(List<InetAddress> hosts, int port)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      List<ServerSocketChannel> opened = new ArrayList<>(2);
      try {
        for (InetAddress host : hosts) {
          int wanted = opened.isEmpty() ? port : opened.get(0).socket().getLocalPort();
          opened.add(open(host, wanted, null));
        }
        return opened;
      } catch (IOException e) {
        for (ServerSocketChannel channel : opened) {
          channel.close();
        }
        // Free at one address does not mean free at another.
        if (port != 0 || attempt == ATTEMPTS || hosts.size() == 1) {
          throw e;
        }
      }
    }
  }

  /**
   * @param name of the socket, for errors; null for its address and port
   */
  private static ServerSocketChannel open(InetAddress host, int port, @Nullable String name)
      throws IOException {
    try {
      ServerSocketChannel channel = ServerSocketChannel.open(family(host));
      try {
        channel.bind(new InetSocketAddress(host, port), BACKLOG);
        return channel;
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (SocketException e) {
      throw failure(host, port, name, String.valueOf(e.getMessage()), e);
    } catch (UnsupportedOperationException e) {
      throw failure(host, port, name, "this machine has no IPv6", e);
    }
  }

  private static IOException failure(
      InetAddress host, int port, @Nullable String name, String why, Exception cause) {
    String what = name == null ? IpLiteral.text(host) + " port " + port : name;
    return new IOException(what + ": " + why, cause);
  }
}
