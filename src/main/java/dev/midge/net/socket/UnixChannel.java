package dev.midge.net.socket;

import dev.midge.net.BulkInputStream;
import dev.midge.net.NetFailure;
import dev.midge.net.NetFailure.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A stream socket of the file system. There is no RST: its abort only ends it at once. */
public final class UnixChannel extends NetworkChannel<SocketChannel> {

  /** The bytes that the system's sockaddr_un holds beside the final zero. */
  private static final int LONGEST_PATH = 107;

  private final String path;
  private volatile @Nullable SocketChannel connected;

  public UnixChannel(String path) {
    this.path = path;
  }

  @Override
  public void connect() throws IOException {
    UnixDomainSocketAddress address = address();
    SocketChannel channel = UnixSockets.client();
    adopt(channel);
    try {
      channel.connect(address);
      connected = channel;
      connected(new In(channel));
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public @Nullable String awaited() {
    return isConnected() ? null : "the connection";
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

  @Override
  public OutputStream out() throws IOException {
    SocketChannel channel = connected;
    if (channel == null) {
      throw new SocketException("Socket is not connected");
    }
    return new Out(channel);
  }

  @Override
  void shutdownOutput(SocketChannel channel) throws IOException {
    channel.shutdownOutput();
  }

  /** Reads on a thread of its own: a read has no time limit, and closing the channel ends it. */
  @Override
  void drain(SocketChannel channel, PeerInput from, long nanos) {
    byte[] waste = new byte[4096];
    TimedFarewell.say(
        () -> {
          while (from.readOn(waste) >= 0) {}
        },
        nanos);
  }

  @Override
  void cut(SocketChannel channel) throws IOException {
    channel.close();
  }

  /** The JDK's own streams over a channel share a lock: a waiting read would stop every write. */
  private static final class In extends BulkInputStream {
    private final SocketChannel channel;

    In(SocketChannel channel) {
      this.channel = channel;
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

  private static final class Out extends OutputStream {
    private final SocketChannel channel;

    Out(SocketChannel channel) {
      this.channel = channel;
    }

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
