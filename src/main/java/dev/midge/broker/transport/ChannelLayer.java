package dev.midge.broker.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A layer between a socket and the codec, which looks like the socket: TLS, WebSocket, one on the
 * other, or none ({@link SocketLayer}). No method blocks. One per connection; broker thread only.
 */
interface ChannelLayer extends GatheringByteChannel {
  /**
   * The facts of a TLS connection that has been negotiated.
   *
   * @param present of the listener now
   */
  record TlsFacts(SSLSession session, ServerTls present) {

    /** Returns version and cipher, as the log shows them. */
    String encryption() {
      return session.getProtocol() + " cipher " + session.getCipherSuite();
    }

    /** Tells whether the peer has shown a certificate that the listener would take now. */
    boolean hasGoodCertificate() {
      return present.takes(session);
    }

    /** Returns the certificate that the peer has shown; null for none. */
    @Nullable X509Certificate certificate() {
      try {
        return (X509Certificate) session.getPeerCertificates()[0];
      } catch (SSLPeerUnverifiedException e) {
        return null; // It was asked for none.
      }
    }
  }

  /**
   * Reads the bytes that have come.
   *
   * @param into empty, 64 KiB
   * @return bytes read; 0 for none yet; -1 when the peer has ended in the layer's own orderly way
   * @throws LayerException when the peer broke the layer's rules
   * @throws IOException when the socket failed
   */
  int read(ByteBuffer into) throws IOException;

  /** Tells whether {@link #read} has more without the socket becoming readable. */
  boolean hasMore();

  /** Returns how many bytes were read from the socket. */
  long taken();

  /**
   * Returns a part of a handshake that takes too long for the broker's thread, for any other one to
   * run; null if there is none. The layer neither reads nor writes until {@link #workDone}.
   */
  @Nullable Runnable takeWork();

  /** Goes on after the work was run; its result may be read. */
  void workDone();

  /** Writes the layer's own bytes (answers, a record half written), as far as the socket takes. */
  void flush() throws IOException;

  /** Tells whether {@link #flush} has bytes to write when the socket has room again. */
  boolean wantsFlush();

  /** Writes the layer's own end (close frame, close_notify), after all that was written. */
  void end() throws IOException;

  /** Returns the facts of the TLS in it; null without TLS. */
  @Nullable TlsFacts tls();

  @Override
  default int write(ByteBuffer from) throws IOException {
    return (int) write(new ByteBuffer[] {from});
  }

  @Override
  default long write(ByteBuffer[] from, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /** The connection opens and closes the socket itself. */
  @Override
  default boolean isOpen() {
    return true;
  }

  @Override
  default void close() {}
}
