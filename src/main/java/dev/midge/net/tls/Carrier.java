package dev.midge.net.tls;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;

/**
 * The channel below TLS as the socket that JSSE wants. JSSE cannot close it: the channel of TLS
 * does that, in the way that is asked for.
 */
final class Carrier extends Socket {
  private final InputStream in;
  private final OutputStream out;

  Carrier(InputStream in, OutputStream out) throws SocketException {
    super((SocketImpl) null);
    this.in = in;
    this.out = out;
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

  @Override
  public void close() {}
}
