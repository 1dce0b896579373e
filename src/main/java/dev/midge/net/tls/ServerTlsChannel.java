package dev.midge.net.tls;

import dev.midge.net.ByteChannel;
import dev.midge.net.TlsRefusal;
import dev.midge.net.socket.TimedFarewell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS over an accepted channel, as a server, by JSSE. {@link #handshake} comes first; then one
 * thread reads, another writes, any may end.
 */
public final class ServerTlsChannel implements ByteChannel {
  /** Alerts about the certificate of the other side. */
  private static final Set<String> REFUSALS =
      Set.of(
          "bad_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "unknown_ca");

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
   * @throws IOException when it fails, or the channel is closed meanwhile; the message is about the
   *     client
   */
  public void handshake() throws IOException {
    SSLSocketFactory factory = context.getSocketFactory();
    HandshakeInput in = new HandshakeInput(below.in());
    Carrier carrier = new Carrier(in, below.out());
    // With bytes that were read before, none here, it is the server's side.
    SSLSocket socket =
        (SSLSocket) factory.createSocket(carrier, InputStream.nullInputStream(), true);
    socket.setEnabledProtocols(ServerContext.versions());
    try {
      socket.startHandshake();
    } catch (IOException e) {
      throw new IOException(reason(e, in), e);
    }
    in.end();
    established = socket;
  }

  private static String reason(IOException failure, HandshakeInput in) {
    String message = failure.getMessage();
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    boolean gone = root instanceof IOException && !(root instanceof SSLException);
    if (gone) {
      in.readRest();
    }
    String heard = TlsRefusal.alert(failure);
    String alert = heard == null ? in.alert() : heard;
    if (alert != null) {
      return "it sent the TLS alert "
          + alert
          + (REFUSALS.contains(alert) ? ", so it does not accept the certificate" : "");
    }
    if (message != null && message.contains("unrecognized SSL message")) {
      return "what it sent is not TLS";
    }
    return gone ? "it hung up (" + root.getMessage() + ")" : TlsRefusal.words(failure);
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
