package dev.midge.net.socket;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Makes unix sockets; Windows before 10 has none. */
public final class UnixSockets {
  private static final String NONE = "this system has no unix sockets";

  private UnixSockets() {}

  /**
   * Returns a socket that can be connected.
   *
   * @throws IOException also where the system has none
   */
  public static SocketChannel client() throws IOException {
    try {
      return SocketChannel.open(StandardProtocolFamily.UNIX);
    } catch (UnsupportedOperationException e) {
      throw new IOException(NONE, e);
    }
  }

  /**
   * Returns a socket that can be bound.
   *
   * @throws IOException also where the system has none
   */
  public static ServerSocketChannel listener() throws IOException {
    try {
      return ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    } catch (UnsupportedOperationException e) {
      throw new IOException(NONE, e);
    }
  }
}
