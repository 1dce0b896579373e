package dev.midge.net.tls;

import dev.midge.net.tls.pem.RevocationFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a server takes a client's certificate: Java checks the chain, {@link
 * RevocationLists} the rest. Used during handshakes, by any thread.
 */
public final class ClientTrust extends OneSidedTrust {
  private final TrustedCertificates trusted;
  private final @Nullable RevocationLists revoked;
  private final boolean takesExpired;

  private ClientTrust(
      TrustedCertificates trusted, @Nullable RevocationLists revoked, boolean takesExpired) {
    this.trusted = trusted;
    this.revoked = revoked;
    this.takesExpired = takesExpired;
  }

  /**
   * Reads the files.
   *
   * @param cafile certificates of authorities; null for none
   * @param capath a directory of them under OpenSSL's hash names; null for none
   * @param crlfile lists of revoked certificates; null if none is looked up
   * @param takesExpired whether a client's certificate may have expired
   * @throws IOException when a file is missing or no good; the message names it
   */
  public static ClientTrust read(
      @Nullable Path cafile, @Nullable Path capath, @Nullable Path crlfile, boolean takesExpired)
      throws IOException {
    TrustedCertificates trusted = new TrustedCertificates();
    if (cafile != null) {
      TlsFile.use(
          cafile,
          file -> {
            trusted.file(file);
            return trusted;
          });
    }
    if (capath != null) {
      trusted.directory(capath);
    }
    RevocationLists revoked = crlfile == null ? null : TlsFile.use(crlfile, ClientTrust::lists);
    return new ClientTrust(trusted, revoked, takesExpired);
  }

  private static RevocationLists lists(Path file) throws IOException, GeneralSecurityException {
    List<X509CRL> lists = RevocationFile.read(file);
    if (lists.isEmpty()) {
      throw new GeneralSecurityException("no revocation list in it");
    }
    return new RevocationLists(lists);
  }

  /** Returns the authorities, and the intermediates that stand among them. */
  Collection<X509Certificate> certificates() {
    return trusted.certificates();
  }

  private interface JavasCheck {
    void by(X509ExtendedTrustManager java) throws CertificateException;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, java -> java.checkClientTrusted(chain, authType, engine));
  }

  /**
   * Checks a chain that was taken in a handshake some time ago.
   *
   * @throws CertificateException when it would not be taken now
   */
  public void checkAgain(X509Certificate[] chain) throws CertificateException {
    check(chain, java -> java.checkClientTrusted(chain, "UNKNOWN"));
  }

  private void check(X509Certificate[] chain, JavasCheck javasCheck) throws CertificateException {
    try {
      X509ExtendedTrustManager java = trusted.managerOfRoots(validation(chain[0]));
      if (java == null) {
        throw new CertificateException("no root is valid now");
      }
      try {
        javasCheck.by(java);
      } catch (CertificateException e) {
        throw ClientRefusal.of(chain[0], e);
      }
      for (int i = 1; i < chain.length; i++) {
        chain[i].checkValidity(); // only the client's own may have expired
      }
    } catch (CertificateException e) {
      throw e;
    } catch (IOException | GeneralSecurityException e) {
      throw new CertificateException(e.getMessage(), e);
    }
    if (revoked != null) {
      List<X509Certificate> issuers = new ArrayList<>(trusted.certificates());
      issuers.addAll(List.of(chain));
      revoked.check(chain[0], issuers);
    }
  }

  /** Returns the time at which Java is to look at the chain; null for now. */
  private @Nullable Date validation(X509Certificate client) {
    Date last = client.getNotAfter();
    return takesExpired && last.before(new Date()) ? last : null;
  }

  /** Returns none, as OpenSSL does: then a client shows what it has, whoever has signed it. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
