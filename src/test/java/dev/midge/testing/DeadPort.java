package dev.midge.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A loopback port at which nobody listens, and which nobody else can get meanwhile. */
public final class DeadPort implements AutoCloseable {
  private final Socket holder = new Socket();

  public DeadPort() throws IOException {
    // Bound and not listening: the system refuses connections and gives the port to no one.
    holder.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
  }

  public int port() {
    return holder.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    holder.close();
  }
}
