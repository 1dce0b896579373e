package dev.midge.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;

/** One end of a TCP connection that sees bytes, and tells FIN from RST. */
public final class WireEnd implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  /** The way in which the peer has ended. */
  public enum How {
    FIN,
    RST
  }

  private final Socket socket;

  public WireEnd(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  public static WireEnd connect(int port) throws IOException {
    return new WireEnd(new Socket("127.0.0.1", port));
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Takes so many bytes, or fewer if the peer ends before. */
  public byte[] take(int count) throws IOException {
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    byte[] buffer = new byte[Math.max(count, 1)];
    while (taken.size() < count) {
      int more = socket.getInputStream().read(buffer, 0, count - taken.size());
      if (more < 0) {
        return taken.toByteArray();
      }
      taken.write(buffer, 0, more);
    }
    return taken.toByteArray();
  }

  /** Takes a byte or more, as one read of the system gives them; none at the end. */
  public byte[] takeSome(int most) throws IOException {
    byte[] buffer = new byte[most];
    int count = socket.getInputStream().read(buffer);
    return Arrays.copyOf(buffer, Math.max(count, 0));
  }

  /** Takes nothing but the end. */
  public How end() throws IOException {
    try {
      int next = socket.getInputStream().read();
      if (next >= 0) {
        throw new AssertionError("wanted the end, got byte " + Integer.toHexString(next));
      }
      return How.FIN;
    } catch (java.net.SocketException e) {
      if (String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT).contains("reset")) {
        return How.RST;
      }
      throw e;
    }
  }

  /** Fails if something has come, or the peer has ended. */
  public void expectSilence() throws IOException {
    socket.setSoTimeout(1);
    try {
      int next = socket.getInputStream().read();
      throw new AssertionError(
          next < 0
              ? "wanted silence, got FIN"
              : "wanted silence, got " + Integer.toHexString(next));
    } catch (java.net.SocketTimeoutException silence) {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** Sends FIN; what the peer sends can still be read. */
  public void fin() throws IOException {
    socket.shutdownOutput();
  }

  /** Sends RST. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
