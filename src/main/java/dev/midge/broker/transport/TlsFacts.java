package dev.midge.broker.transport;

import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

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
