package dev.midge.net.tls;

import dev.midge.net.ChainRefusedException;
import dev.midge.net.TlsProblem;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a chain is not accepted: Java itself says only that it has found no path, where one
 * that exists has a fault. It refuses more than Java does, and lets nobody in.
 */
final class ChainDiagnosis {
  /** The place of keyCertSign in a key usage. */
  private static final int KEY_CERT_SIGN = 5;

  private final X509Certificate broker;
  private final List<X509Certificate> shown;
  private final Collection<X509Certificate> trusted;
  private final @Nullable CertificateException why;

  /** From the broker's certificate on, each issued by the next. */
  private final List<X509Certificate> path = new ArrayList<>();

  private ChainDiagnosis(
      X509Certificate[] chain,
      Collection<X509Certificate> trusted,
      @Nullable CertificateException why) {
    this.broker = chain[0];
    this.shown = List.of(chain);
    this.trusted = trusted;
    this.why = why;
  }

  /**
   * Returns the reason.
   *
   * @param why what Java said
   */
  static ChainRefusedException of(
      X509Certificate[] chain, Collection<X509Certificate> trusted, CertificateException why) {
    ChainDiagnosis diagnosis = new ChainDiagnosis(chain, trusted, why);
    X509Certificate anchor = diagnosis.walk();
    return anchor == null ? diagnosis.leadsNowhere() : diagnosis.leadsTo(anchor, why);
  }

  /** Returns the fault of a chain that Java has accepted; null for none. */
  static @Nullable ChainRefusedException ofAccepted(
      X509Certificate[] chain, Collection<X509Certificate> trusted) {
    ChainDiagnosis diagnosis = new ChainDiagnosis(chain, trusted, null);
    X509Certificate anchor = diagnosis.walk();
    if (anchor == null) {
      return null;
    }
    ChainRefusedException fault = diagnosis.atTheEnd(anchor);
    return fault == null ? diagnosis.tooWeak(anchor) : fault;
  }

  /** Fills the path up to the certificate that is trusted, which it returns; null for none. */
  private @Nullable X509Certificate walk() {
    X509Certificate last = broker;
    while (last != null) {
      if (trusted.contains(last)) {
        return last;
      }
      path.add(last);
      X509Certificate anchor = issuer(last, trusted);
      if (anchor != null) {
        return anchor;
      }
      last = issuer(last, shown);
    }
    return null;
  }

  private @Nullable X509Certificate issuer(
      X509Certificate certificate, Collection<X509Certificate> among) {
    for (X509Certificate candidate : among) {
      if (isNamedAsIssuer(candidate, certificate)
          && !path.contains(candidate)
          && hasSigned(candidate, certificate)) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean isNamedAsIssuer(X509Certificate candidate, X509Certificate certificate) {
    return candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private static boolean hasSigned(X509Certificate issuer, X509Certificate certificate) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (NoSuchAlgorithmException unknown) {
      return true; // For all that is known; the algorithm is the fault.
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  private ChainRefusedException leadsNowhere() {
    X509Certificate last = path.get(path.size() - 1);
    boolean root = isNamedAsIssuer(last, last) && hasSigned(last, last);
    @Nullable String namesake = null;
    for (X509Certificate candidate : trusted) {
      if (isNamedAsIssuer(candidate, last)) {
        namesake = "the trusted certificate of its issuer's name has another key";
      }
    }
    if (root) {
      return fault(
          path.size() == 1 ? TlsProblem.SELF_SIGNED : TlsProblem.UNKNOWN_ISSUER, last, namesake);
    }
    return fault(
        namesake == null ? TlsProblem.UNKNOWN_ISSUER : TlsProblem.WRONG_SIGNATURE, last, namesake);
  }

  private ChainRefusedException leadsTo(X509Certificate anchor, CertificateException why) {
    ChainRefusedException trustedButWrong = atTheEnd(anchor);
    if (trustedButWrong != null) {
      return trustedButWrong;
    }
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
      parameters.setRevocationEnabled(false);
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    } catch (CertPathValidatorException e) {
      return invalid(e);
    } catch (GeneralSecurityException | RuntimeException e) {
      return other(broker, why);
    }
    String purpose = CertificateFacts.wrongPurpose(broker);
    if (purpose == null) {
      purpose = CertificateFacts.wrongUsage(broker);
    }
    if (purpose != null) {
      return fault(TlsProblem.PURPOSE, broker, purpose);
    }
    return String.valueOf(why.getMessage()).contains("lgorithm constraints")
        ? fault(TlsProblem.ALGORITHM, broker, CertificateFacts.algorithms(broker))
        : other(broker, why);
  }

  /**
   * Finds the faults that Java does not look for, since it believes all that is trusted; null for
   * none.
   */
  private @Nullable ChainRefusedException atTheEnd(X509Certificate anchor) {
    TlsProblem time = outOfTime(anchor);
    if (time != null) {
      return fault(time, anchor, null);
    }
    if (path.isEmpty()) {
      String purpose = CertificateFacts.wrongPurpose(anchor);
      return purpose == null ? null : fault(TlsProblem.PURPOSE, anchor, purpose);
    }
    boolean[] usage = anchor.getKeyUsage();
    if (anchor.getVersion() >= 3 && anchor.getBasicConstraints() < 0) {
      return fault(TlsProblem.NO_AUTHORITY, anchor, null);
    }
    if (usage != null && !usage[KEY_CERT_SIGN]) {
      return fault(TlsProblem.SIGNS_NO_CERTIFICATES, anchor, null);
    }
    return tooManyBelow(anchor, path.size());
  }

  /**
   * Finds signatures and keys that OpenSSL refuses at the security level of distributions and Java
   * accepts from authorities that are not its own; null for none. The signature of what is trusted
   * proves nothing and may be any.
   */
  private @Nullable ChainRefusedException tooWeak(X509Certificate anchor) {
    for (X509Certificate certificate : path) {
      if (CertificateFacts.hasWeakSignature(certificate)
          || CertificateFacts.hasWeakKey(certificate)) {
        return fault(TlsProblem.ALGORITHM, certificate, CertificateFacts.algorithms(certificate));
      }
    }
    return CertificateFacts.hasWeakKey(anchor)
        ? fault(TlsProblem.ALGORITHM, anchor, CertificateFacts.algorithms(anchor))
        : null;
  }

  private static @Nullable TlsProblem outOfTime(X509Certificate certificate) {
    Date now = new Date();
    return now.after(certificate.getNotAfter())
        ? TlsProblem.EXPIRED
        : now.before(certificate.getNotBefore()) ? TlsProblem.NOT_YET_VALID : null;
  }

  /**
   * RFC 5280 4.2.1.9: an authority limits how many others may stand between it and the broker.
   *
   * @param place of the authority in the path
   */
  private @Nullable ChainRefusedException tooManyBelow(X509Certificate authority, int place) {
    int below = 0;
    for (X509Certificate one : path.subList(1, place)) {
      below += isNamedAsIssuer(one, one) ? 0 : 1;
    }
    int most = authority.getBasicConstraints();
    return below <= most
        ? null
        : fault(
            TlsProblem.PATH_LENGTH,
            authority,
            "its pathlen allows " + most + " authorities below it, there are " + below);
  }

  private ChainRefusedException invalid(CertPathValidatorException e) {
    int index = e.getIndex();
    X509Certificate culprit = index < 0 || index >= path.size() ? broker : path.get(index);
    if (e.getReason() instanceof BasicReason reason) {
      return switch (reason) {
        case EXPIRED -> fault(TlsProblem.EXPIRED, culprit, null);
        case NOT_YET_VALID -> fault(TlsProblem.NOT_YET_VALID, culprit, null);
        case INVALID_SIGNATURE -> fault(TlsProblem.WRONG_SIGNATURE, culprit, null);
        case ALGORITHM_CONSTRAINED ->
            fault(TlsProblem.ALGORITHM, culprit, CertificateFacts.algorithms(culprit));
        default -> other(culprit, e);
      };
    }
    if (e.getReason() instanceof PKIXReason reason) {
      return switch (reason) {
        case NOT_CA_CERT -> fault(TlsProblem.NO_AUTHORITY, culprit, null);
        case INVALID_KEY_USAGE -> fault(TlsProblem.SIGNS_NO_CERTIFICATES, culprit, null);
        case PATH_TOO_LONG -> tooLong(culprit);
        case UNRECOGNIZED_CRIT_EXT ->
            fault(TlsProblem.EXTENSION, culprit, CertificateFacts.unknownExtensions(culprit));
        case INVALID_NAME -> fault(TlsProblem.NAME_CONSTRAINT, culprit, null);
        default -> other(culprit, e);
      };
    }
    return other(culprit, e);
  }

  private ChainRefusedException tooLong(X509Certificate culprit) {
    for (int place = path.size() - 1; place > 0; place--) {
      ChainRefusedException limit = tooManyBelow(path.get(place), place);
      if (limit != null) {
        return limit;
      }
    }
    return fault(TlsProblem.PATH_LENGTH, culprit, null);
  }

  private ChainRefusedException fault(
      TlsProblem problem, X509Certificate culprit, @Nullable String fact) {
    return new ChainRefusedException(problem, culprit, fact, why);
  }

  /** Returns a fault in Java's words. */
  private ChainRefusedException other(X509Certificate culprit, GeneralSecurityException reason) {
    return fault(TlsProblem.UNTRUSTED, culprit, reason.getMessage());
  }
}
