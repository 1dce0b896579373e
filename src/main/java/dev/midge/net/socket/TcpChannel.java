package dev.midge.net.socket;

import dev.midge.net.ByteChannel;
import dev.midge.net.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@link ByteChannel} over TCP. */
public final class TcpChannel extends NetworkChannel<Socket> {
  private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
  private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private final Endpoint endpoint;
  private volatile @Nullable Socket connected;
  private volatile @Nullable String awaited;

  public TcpChannel(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Returns the channel of a connection that a server has accepted: {@link #connect} is done.
   *
   * @throws IOException when the peer has gone meanwhile
   */
  public static TcpChannel accepted(Socket socket) throws IOException {
    String host = socket.getInetAddress().getHostAddress();
    TcpChannel channel = new TcpChannel(new Endpoint(host, socket.getPort(), null));
    channel.adopt(socket);
    socket.setTcpNoDelay(true);
    channel.connected = socket;
    channel.connected(socket.getInputStream());
    return channel;
  }

  /**
   * Connects; tries all addresses of the host in turn, and the last failure counts.
   *
   * @throws java.net.UnknownHostException when the host or the bind address is not known
   * @throws IOException with the system's reason when no address could be reached, {@link
   *     FailedAttempts} with it, or when the channel was closed meanwhile
   */
  @Override
  public void connect() throws IOException {
    awaited = "the name look-up";
    InetAddress[] addresses = addressesOf(endpoint.host());
    InetSocketAddress local =
        endpoint.bindAddress() == null
            ? null
            : new InetSocketAddress(addressesOf(endpoint.bindAddress())[0], 0);
    awaited = "the TCP connection";
    IOException[] failures = new IOException[addresses.length];
    for (int i = 0; i < addresses.length; i++) {
      Socket attempt = newSocket();
      adopt(attempt);
      try {
        if (local != null) {
          attempt.bind(local);
        }
        attempt.connect(new InetSocketAddress(addresses[i], endpoint.port()));
        attempt.setTcpNoDelay(true);
        connected = attempt;
        connected(attempt.getInputStream());
        awaited = null;
        return;
      } catch (IOException failure) {
        attempt.close();
        failures[i] = failure;
      }
    }
    throw FailedAttempts.in(addresses, failures);
  }

  @Override
  public @Nullable String awaited() {
    return awaited;
  }

  /**
   * Returns a socket that asks the JVM for a proxy only where the user has told the JVM of one:
   * otherwise it would read a file of properties, line by line, to find none.
   */
  private static Socket newSocket() {
    return System.getProperty("socksProxyHost") == null
            && System.getProperty("java.net.useSystemProxies") == null
        ? new Socket(Proxy.NO_PROXY)
        : new Socket();
  }

  /** Addresses and {@code localhost} need no resolver, which would cost start-up time. */
  private static InetAddress[] addressesOf(String host) throws IOException {
    if (host.equalsIgnoreCase("localhost")) {
      return new InetAddress[] {
        InetAddress.getByAddress(host, LOOPBACK_4), InetAddress.getByAddress(host, LOOPBACK_6)
      };
    }
    return InetAddress.getAllByName(host);
  }

  @Override
  public OutputStream out() throws IOException {
    Socket socket = connected;
    if (socket == null) {
      throw new SocketException("Socket is not connected");
    }
    return socket.getOutputStream();
  }

  @Override
  void shutdownOutput(Socket socket) throws IOException {
    socket.shutdownOutput();
  }

  @Override
  void drain(Socket socket, PeerInput from, long nanos) throws IOException {
    long deadline = System.nanoTime() + nanos;
    byte[] waste = new byte[4096];
    long left;
    do {
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return;
      }
      socket.setSoTimeout((int) left);
    } while (from.readOn(waste) >= 0);
  }

  @Override
  void cut(Socket socket) throws IOException {
    if (!socket.isClosed()) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
