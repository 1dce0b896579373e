package dev.midge.net.tls;

import dev.midge.net.tls.pem.KeyPair;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The one certificate of a listener, with its key and all intermediates that can be found. */
final class ServerKey extends X509ExtendedKeyManager {
  private static final String ALIAS = "server";

  private final X509Certificate[] chain;
  private final PrivateKey key;

  /**
   * @param certificates the server's own first
   * @param authorities may contain intermediates that are missing
   * @throws GeneralSecurityException when the key does not fit the certificate
   */
  ServerKey(
      List<X509Certificate> certificates, PrivateKey key, Collection<X509Certificate> authorities)
      throws GeneralSecurityException {
    this.chain = completed(certificates, authorities);
    this.key = key;
    if (!KeyPair.fits(key, chain[0])) {
      throw new GeneralSecurityException("the key is not the certificate's");
    }
  }

  /** Adds missing intermediates from the authorities, but no roots, as OpenSSL does. */
  private static X509Certificate[] completed(
      List<X509Certificate> certificates, Collection<X509Certificate> authorities) {
    List<X509Certificate> chain = new ArrayList<>(certificates);
    boolean found = true;
    while (found) {
      found = false;
      X509Certificate last = chain.get(chain.size() - 1);
      for (X509Certificate each : authorities) {
        if (!TrustedCertificates.isRoot(each) && !chain.contains(each) && isIssuer(each, last)) {
          chain.add(each);
          found = true;
          break;
        }
      }
    }
    return chain.toArray(X509Certificate[]::new);
  }

  private static boolean isIssuer(X509Certificate issuer, X509Certificate certificate) {
    if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false; // another one of the same name
    }
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal[] issuers, SSLEngine engine) {
    return alias(keyType);
  }

  @Override
  public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return alias(keyType);
  }

  private @Nullable String alias(String keyType) {
    return keyType.equals(chain[0].getPublicKey().getAlgorithm()) ? ALIAS : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return chain.clone();
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return key;
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return new String[] {ALIAS};
  }

  // A server is no client.

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return null;
  }
}
