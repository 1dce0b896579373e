package dev.midge.net.tls;

import dev.midge.net.ChainRefusedException;
import dev.midge.net.TlsProblem;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the broker is the one that was meant: Java checks the chain, {@link
 * ChainDiagnosis} what Java believes unseen, and {@link BrokerNames} the host. Used during the
 * handshake.
 */
final class HostCheckingTrust extends OneSidedTrust {
  private final @Nullable X509ExtendedTrustManager java;
  private final Collection<X509Certificate> trusted;
  private final @Nullable String host;
  private volatile List<X509Certificate> shown = List.of();

  /**
   * @param java null when it would have nothing to trust
   * @param trusted all that is trusted, in its time or not
   * @param host the name that the certificate is to have; null when it is not to be checked
   */
  HostCheckingTrust(
      @Nullable X509ExtendedTrustManager java,
      Collection<X509Certificate> trusted,
      @Nullable String host) {
    this.java = java;
    this.trusted = trusted;
    this.host = host;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    shown = List.of(chain);
    try {
      if (java == null) {
        throw new CertificateException("no trusted certificate is valid now");
      }
      java.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      throw ChainDiagnosis.of(chain, trusted, e);
    }
    ChainRefusedException fault = ChainDiagnosis.ofAccepted(chain, trusted);
    if (fault != null) {
      throw fault;
    }
    if (host != null) {
      checkName(chain[0], host);
    }
  }

  private static void checkName(X509Certificate broker, String host) throws CertificateException {
    try {
      if (!BrokerNames.of(broker).areFor(host)) {
        throw new ChainRefusedException(
            TlsProblem.OTHER_HOST, broker, "No name matches " + host, null);
      }
    } catch (CertificateParsingException e) {
      throw new ChainRefusedException(
          TlsProblem.OTHER_HOST, broker, "the names cannot be read: " + e.getMessage(), e);
    }
  }

  /** Returns the chain that the broker has shown; empty before. */
  List<X509Certificate> shown() {
    return shown;
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return java == null ? new X509Certificate[0] : java.getAcceptedIssuers();
  }
}
