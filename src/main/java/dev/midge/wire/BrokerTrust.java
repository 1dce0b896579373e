package dev.midge.wire;

import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides whether the broker is the one that was meant: first Java's own check of the chain and of
 * the host, then what Java cannot do. Used during the handshake.
 */
final class BrokerTrust extends X509ExtendedTrustManager {
  private static final int DNS_NAME = 2;

  private final X509ExtendedTrustManager java;
  private final String underscored;
  private volatile List<X509Certificate> shown = List.of();

  /**
   * @param underscored the host, if its name has an underscore, for Java knows no such names; null
   *     otherwise
   */
  BrokerTrust(X509ExtendedTrustManager java, String underscored) {
    this.java = java;
    this.underscored = underscored;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    shown = List.of(chain);
    try {
      java.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      java.checkServerTrusted(chain, authType); // Fails again, unless only the host is wrong.
      throw otherHost(chain[0], e);
    }
    if (underscored != null && !isFor(chain[0], underscored)) {
      throw otherHost(chain[0], new CertificateException("No name matches " + underscored));
    }
  }

  /** What the broker has shown; empty before. */
  List<X509Certificate> shown() {
    return shown;
  }

  /** The certificate is good, but another host's. */
  static final class OtherHostException extends CertificateException {
    private static final long serialVersionUID = 1L;

    OtherHostException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * JSSE says bad_certificate (42), as OpenSSL does, only where a signature is wrong; that of Java
   * 17 says certificate_unknown (46) there, too.
   */
  private static CertificateException otherHost(X509Certificate broker, CertificateException why) {
    CertPathValidatorException cause =
        new CertPathValidatorException(
            why.getMessage(), why, null, -1, BasicReason.INVALID_SIGNATURE);
    return new OtherHostException(
        "host name mismatch: " + why.getMessage() + ", " + broker.getSubjectX500Principal(), cause);
  }

  /** RFC 6125 6.4, without the common name. */
  private static boolean isFor(X509Certificate certificate, String host)
      throws CertificateException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    if (names == null) {
      return false;
    }
    String wanted = host.toLowerCase(Locale.ROOT);
    int dot = wanted.indexOf('.');
    for (List<?> name : names) {
      if (name.get(0).equals(DNS_NAME)) {
        String dns = ((String) name.get(1)).toLowerCase(Locale.ROOT);
        if (dns.equals(wanted)
            || dot > 0 && dns.startsWith("*.") && dns.substring(1).equals(wanted.substring(dot))) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return java.getAcceptedIssuers();
  }

  // JSSE's sockets use only what is above; a client checks no client.

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    throw new UnsupportedOperationException();
  }
}
