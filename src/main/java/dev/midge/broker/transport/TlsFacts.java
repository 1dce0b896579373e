package dev.midge.broker.transport;

import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The facts of a TLS connection that has been negotiated. */
record TlsFacts(SSLSession session) {

  /** Returns version and cipher, as the log shows them. */
  String encryption() {
    return session.getProtocol() + " cipher " + session.getCipherSuite();
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
