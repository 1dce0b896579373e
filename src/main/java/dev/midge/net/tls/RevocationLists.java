package dev.midge.net.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * The lists of the certificates that authorities have revoked. As in OpenSSL, a certificate whose
 * issuer has no list in force is refused, and the certificates above it are not looked up.
 */
final class RevocationLists {
  private static final int SIGN_LISTS = 6; // bit of the key usage

  private final List<X509CRL> lists;

  RevocationLists(List<X509CRL> lists) {
    this.lists = List.copyOf(lists);
  }

  /**
   * Looks a certificate up.
   *
   * @param issuers may contain the one that has signed it; a false one does no harm, for the list
   *     must be signed with the same key
   * @throws CertificateException when it is revoked, or no list in force can tell
   */
  void check(X509Certificate certificate, Collection<X509Certificate> issuers)
      throws CertificateException {
    boolean found = false;
    for (X509CRL list : lists) {
      if (list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())
          && isInForce(list)
          && isByTheSame(list, certificate, issuers)) {
        if (list.isRevoked(certificate)) {
          throw new CertificateException("certificate revoked");
        }
        found = true;
      }
    }
    if (!found) {
      throw new CertificateException("no revocation list of its issuer is in force");
    }
  }

  private static boolean isInForce(X509CRL list) {
    Date now = new Date();
    return !list.getThisUpdate().after(now)
        && (list.getNextUpdate() == null || !list.getNextUpdate().before(now))
        && isComplete(list);
  }

  /** Tells whether it is for all certificates of the issuer: other lists say so critically. */
  private static boolean isComplete(X509CRL list) {
    Set<String> critical = list.getCriticalExtensionOIDs();
    return critical == null || critical.isEmpty();
  }

  private static boolean isByTheSame(
      X509CRL list, X509Certificate certificate, Collection<X509Certificate> issuers) {
    for (X509Certificate issuer : issuers) {
      boolean[] usage = issuer.getKeyUsage();
      if (issuer.getSubjectX500Principal().equals(list.getIssuerX500Principal())
          && (usage == null || usage[SIGN_LISTS])) {
        try {
          list.verify(issuer.getPublicKey());
          certificate.verify(issuer.getPublicKey());
          return true;
        } catch (GeneralSecurityException another) {
          // One of the same name.
        }
      }
    }
    return false;
  }
}
