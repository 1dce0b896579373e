package dev.midge.net.socket;

import dev.midge.net.ByteChannel;
import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A {@link ByteChannel} over TCP, made by whoever connects as a client. One thread reads, another
 * writes, any may cut.
 */
public final class TcpChannel implements ClientChannel {

  /** How long an orderly end waits for the peer to hang up too, in milliseconds. */
  private static final int FAREWELL_MILLIS = 1000;

  private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
  private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private final Endpoint endpoint;
  private final ReentrantLock lock = new ReentrantLock();
  private Socket socket;
  private volatile PeerInput in;
  private volatile String awaited;
  private boolean closed;

  public TcpChannel(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Connects; tries all addresses of the host in turn, and the last failure counts.
   *
   * @throws java.net.UnknownHostException when the host or the bind address is not known
   * @throws IOException with the system's reason when no address could be reached, {@link
   *     FailedAttempts} with it, or when the wire was closed meanwhile
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
      Socket attempt = adopt(new Socket());
      try {
        if (local != null) {
          attempt.bind(local);
        }
        attempt.connect(new InetSocketAddress(addresses[i], endpoint.port()));
        attempt.setTcpNoDelay(true);
        in = new PeerInput(attempt.getInputStream());
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
  public String awaited() {
    return awaited;
  }

  /** Makes the socket the one that {@link #close} closes, so that closing ends an attempt. */
  private Socket adopt(Socket attempt) throws IOException {
    lock.lock();
    try {
      if (closed) {
        attempt.close();
        throw new SocketException("Socket closed");
      }
      socket = attempt;
      return attempt;
    } finally {
      lock.unlock();
    }
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
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      if (socket == null) {
        return;
      }
    } finally {
      lock.unlock();
    }
    if (in != null) {
      sayFarewell();
    }
    socket.close();
  }

  /**
   * Sends FIN and reads on until the peer hangs up, for closing a socket that has unread bytes
   * sends RST, and RST may overtake what was written.
   */
  private void sayFarewell() {
    try {
      // Before the peer can know and answer.
      in.ending();
      socket.shutdownOutput();
      long left = in.end(TimeUnit.MILLISECONDS.toNanos(FAREWELL_MILLIS));
      if (left > 0) {
        drain(System.nanoTime() + left);
      }
    } catch (IOException hungUp) {
      // The peer was faster.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain(long deadline) throws IOException {
    byte[] waste = new byte[4096];
    long left;
    do {
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return;
      }
      socket.setSoTimeout((int) left);
    } while (in.readOn(waste) >= 0);
  }

  @Override
  public void abort() throws IOException {
    lock.lock();
    try {
      closed = true;
      if (socket != null && !socket.isClosed()) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
