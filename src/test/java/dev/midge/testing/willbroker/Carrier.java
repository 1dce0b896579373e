package dev.midge.testing.willbroker;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketImpl;

/**
 * A connected socket that notes how TCP ends. Writing to a client that is gone fails without an
 * exception: what it had sent before must still be read, also through TLS, which would give up.
 */
final class Carrier extends Socket {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private volatile boolean finSeen;
  private volatile boolean writeFailed;

  Carrier(Socket socket) throws IOException {
    super((SocketImpl) null);
    this.socket = socket;
    in = new In(socket.getInputStream());
    out = new Out(socket.getOutputStream());
  }

  /** Tells whether the client has closed its side in TCP's orderly way. */
  boolean isFinSeen() {
    return finSeen;
  }

  /** Tells whether the client was gone before something could be written. */
  boolean isWriteFailed() {
    return writeFailed;
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public InetAddress getInetAddress() {
    return socket.getInetAddress();
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public int getSoLinger() {
    return -1;
  }

  @Override
  public void setSoTimeout(int millis) {}

  @Override
  public int getSoTimeout() {
    return 0;
  }

  @Override
  public void shutdownInput() {}

  @Override
  public void shutdownOutput() {}

  /** JSSE cannot close the socket: {@link Pipe} does that. */
  @Override
  public void close() {}

  private final class In extends FilterInputStream {
    In(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, length);
      finSeen |= count < 0;
      return count;
    }
  }

  private final class Out extends FilterOutputStream {
    Out(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      try {
        out.write(bytes, offset, length);
      } catch (IOException gone) {
        writeFailed = true;
      }
    }
  }
}
