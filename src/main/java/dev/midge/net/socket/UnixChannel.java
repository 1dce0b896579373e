package dev.midge.net.socket;

import dev.midge.net.ClientChannel;
import dev.midge.net.NetFailure;
import dev.midge.net.NetFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A stream socket of the file system. There is no RST: its abort only ends it at once. */
public final class UnixChannel implements ClientChannel {

  /** What the system's sockaddr_un holds beside the final zero. */
  private static final int LONGEST_PATH = 107;

  /** How long an orderly end waits for the peer to hang up too, in milliseconds. */
  private static final int FAREWELL_MILLIS = 1000;

  private final String path;
  private final ReentrantLock lock = new ReentrantLock();
  private SocketChannel channel;
  private volatile PeerInput in;
  private boolean closed;

  public UnixChannel(String path) {
    this.path = path;
  }

  @Override
  public void connect() throws IOException {
    UnixDomainSocketAddress address = address();
    adopt(SocketChannel.open(StandardProtocolFamily.UNIX));
    try {
      channel.connect(address);
      in = new PeerInput(new In());
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public String awaited() {
    return in == null ? "the connection" : null;
  }

  private UnixDomainSocketAddress address() throws NetFailure {
    try {
      if (path.getBytes(nativeCharset()).length > LONGEST_PATH) {
        throw new NetFailure(Kind.INVALID, "The path of a unix socket has at most 107 bytes.");
      }
      return UnixDomainSocketAddress.of(Path.of(path));
    } catch (InvalidPathException e) {
      throw new NetFailure(Kind.INVALID, e.getMessage(), e);
    }
  }

  private static Charset nativeCharset() {
    String name = System.getProperty("sun.jnu.encoding");
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : Charset.defaultCharset();
  }

  /** Makes the channel the one that {@link #close} closes, so that closing ends an attempt. */
  private void adopt(SocketChannel attempt) throws IOException {
    lock.lock();
    try {
      if (closed) {
        attempt.close();
        throw new SocketException("Socket closed");
      }
      channel = attempt;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() {
    return new Out();
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      if (channel == null) {
        return;
      }
    } finally {
      lock.unlock();
    }
    if (in != null) {
      sayFarewell();
    }
    channel.close();
  }

  /**
   * Reads on until the peer hangs up: to close a socket with unread bytes is an error to the peer,
   * which may then not read what was written last.
   */
  private void sayFarewell() {
    try {
      channel.shutdownOutput();
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
    try (Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      long left;
      do {
        left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return;
        }
        selector.select(left);
      } while (in.readOn(waste) >= 0);
    }
  }

  @Override
  public void abort() throws IOException {
    lock.lock();
    try {
      closed = true;
      if (channel != null) {
        channel.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The JDK's own streams over a channel share a lock: a waiting read would stop every write. */
  private final class In extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return channel.read(ByteBuffer.wrap(bytes, offset, length));
      } catch (ClosedChannelException e) {
        throw closed(e);
      }
    }
  }

  private final class Out extends OutputStream {

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
      try {
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      } catch (ClosedChannelException e) {
        throw closed(e);
      }
    }
  }

  private static SocketException closed(ClosedChannelException why) {
    SocketException exception = new SocketException("Socket closed");
    exception.initCause(why);
    return exception;
  }
}
