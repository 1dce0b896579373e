package dev.midge.net.tls;

import dev.midge.net.ChainRefusedException;
import dev.midge.net.ClientChannel;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.NetFailure;
import dev.midge.net.TlsRefusal;
import dev.midge.net.TlsSpec;
import dev.midge.net.socket.TimedFarewell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** TLS over another channel, by JSSE. One thread reads, another writes, any may end. */
public final class TlsChannel implements ClientChannel {
  private final ClientChannel below;
  private final TlsSettings settings;
  private final String host;
  private final int port;
  private volatile @Nullable SSLSocket established;

  public TlsChannel(ClientChannel below, Endpoint endpoint, TlsSpec tls) {
    this.below = below;
    host = endpoint.host();
    port = endpoint.port();
    // The path of a unix socket is no name that a certificate could have.
    String name = endpoint.transport() == Transport.UNIX ? null : host;
    settings = new TlsSettings(tls, name, System.getenv());
  }

  @Override
  public void connect() throws IOException {
    below.connect();
    try {
      SSLSocketFactory factory = settings.context().getSocketFactory();
      HandshakeBuffer handshake = new HandshakeBuffer(below);
      SSLSocket socket =
          (SSLSocket)
              factory.createSocket(new Carrier(handshake.in(), handshake.out()), host, port, true);
      settings.applyTo(socket);
      try {
        socket.startHandshake();
      } finally {
        handshake.end(); // or the alert that says why not
      }
      established = socket;
    } catch (NetFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw NetFailure.ofHandshake(reason(e), e, TlsRefusal.of(e, host, settings.shown()));
    }
  }

  @Override
  public @Nullable String awaited() {
    String before = below.awaited();
    return before == null && established == null ? "the TLS handshake" : before;
  }

  private SSLSocket connected() {
    return Objects.requireNonNull(established); // since connect()
  }

  /** Returns the message that tells most. */
  private static String reason(Exception failure) {
    ChainRefusedException refused = TlsRefusal.chainRefused(failure);
    if (refused != null) {
      return "certificate verify failed: " + refused.getMessage();
    }
    return TlsRefusal.words(failure);
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
    TimedFarewell.say(connected()::shutdownOutput); // close_notify
    below.endOutput();
  }

  @Override
  public void close() throws IOException {
    SSLSocket socket = established;
    if (socket != null) {
      TimedFarewell.say(socket::shutdownOutput); // close_notify
    }
    below.close();
  }

  @Override
  public void abort() throws IOException {
    below.abort();
  }
}
