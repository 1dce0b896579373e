package dev.midge.net.tls;

import dev.midge.net.ByteChannel;
import dev.midge.net.socket.TimedFarewell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS over an accepted channel, as a server, by JSSE. {@link #handshake} comes first; then one
 * thread reads, another writes, any may end.
 */
public final class ServerTlsChannel implements ByteChannel {
  private final ByteChannel below;
  private final SSLContext context;
  private volatile @Nullable SSLSocket established;

  public ServerTlsChannel(ByteChannel below, SSLContext context) {
    this.below = below;
    this.context = context;
  }

  /**
   * Does the handshake; may take for ever.
   *
   * @throws IOException when it fails, or the channel is closed meanwhile
   */
  public void handshake() throws IOException {
    SSLSocketFactory factory = context.getSocketFactory();
    Carrier carrier = new Carrier(below.in(), below.out());
    // With bytes that were read before, none here, it is the server's side.
    SSLSocket socket =
        (SSLSocket) factory.createSocket(carrier, InputStream.nullInputStream(), true);
    socket.setEnabledProtocols(ServerContext.versions());
    socket.startHandshake();
    established = socket;
  }

  private SSLSocket connected() {
    return Objects.requireNonNull(established); // since handshake()
  }

  @Override
  public InputStream in() throws IOException {
    return connected().getInputStream();
  }

  @Override
  public OutputStream out() throws IOException {
    return connected().getOutputStream();
  }

  @Override
  public void endOutput() throws IOException {
    closeNotify();
    below.endOutput();
  }

  @Override
  public void close() throws IOException {
    closeNotify();
    below.close();
  }

  private void closeNotify() {
    SSLSocket socket = established;
    if (socket != null) {
      TimedFarewell.say(socket::shutdownOutput); // close_notify
    }
  }

  @Override
  public void abort() throws IOException {
    below.abort();
  }
}
