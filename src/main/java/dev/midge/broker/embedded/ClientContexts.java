package dev.midge.broker.embedded;

import dev.midge.net.tls.make.TestAuthority;
import dev.midge.net.tls.make.TestCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes the TLS contexts of a broker's clients. */
final class ClientContexts {
  private static final char[] NO_PASSWORD = {};

  private ClientContexts() {}

  /**
   * Makes a context that trusts the authority alone.
   *
   * @param shown the client's own certificate; null for none
   */
  static SSLContext of(TestAuthority authority, @Nullable TestCertificate shown) {
    try {
      KeyStore trusted = empty();
      trusted.setCertificateEntry("ca", authority.certificate());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown == null ? null : keys(shown), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no TLS context could be made", e);
    }
  }

  private static KeyManager[] keys(TestCertificate shown)
      throws GeneralSecurityException, IOException {
    KeyStore own = empty();
    own.setKeyEntry(
        "client", shown.key(), NO_PASSWORD, shown.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, NO_PASSWORD);
    return keys.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
