package dev.midge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A free port of the loopback that is kept for a server which wants to be told its port: until this
 * is closed the system gives the port to nobody who asks for any, neither before the server listens
 * nor while it is away. Connections are refused as long as no server listens.
 */
public final class FreePort implements AutoCloseable {
  private final Socket holder = new Socket();

  private FreePort() throws IOException {
    // Bound and not listening: only who asks for this very port, and allows reuse as servers do,
    // gets it.
    holder.setReuseAddress(true);
    holder.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
  }

  public static FreePort take() {
    try {
      return new FreePort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int number() {
    return holder.getLocalPort();
  }

  @Override
  public void close() {
    try {
      holder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
