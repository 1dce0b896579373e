package dev.midge.broker.listeners;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.tls.make.TestAuthority;
import dev.midge.net.tls.make.TestCertificate;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A client of TLS in Java's own classes, which trusts one authority. */
public final class TlsPeer {
  private static final char[] WORD = "secret".toCharArray();

  private final SSLContext context;
  private String[] versions = {"TLSv1.3", "TLSv1.2"};
  private String[] ciphers;

  /**
   * @param own null for a client that has none
   */
  public TlsPeer(TestAuthority trusted, TestCertificate own) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("root", trusted.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    if (own != null) {
      keys.setKeyEntry("own", own.key(), WORD, own.chain().toArray(X509Certificate[]::new));
    }
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(keys, WORD);
    context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), trust.getTrustManagers(), null);
  }

  public TlsPeer withVersions(String... all) {
    versions = all;
    return this;
  }

  public TlsPeer withCiphers(String... all) {
    ciphers = all;
    return this;
  }

  public SSLSocket open(int port) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(30_000);
    socket.setEnabledProtocols(versions);
    if (ciphers != null) {
      socket.setEnabledCipherSuites(ciphers);
    }
    return socket;
  }

  /** Connects, publishes nothing, and leaves; returns the certificate that the server has shown. */
  public X509Certificate served(int port) throws Exception {
    SSLSocket socket = open(port);
    try (RawClient client =
        RawClient.over(socket, ProtocolVersion.V5)
            .accepted(RawClient.connect(ProtocolVersion.V5, "c"))) {
      client.expectNothing();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }
}
