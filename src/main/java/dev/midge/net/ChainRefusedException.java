package dev.midge.net;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** The broker's chain of certificates is not accepted; tells which certificate is wrong. */
public final class ChainRefusedException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final TlsProblem problem;
  private final transient X509Certificate culprit;
  private final @Nullable String fact;

  /**
   * @param culprit the certificate that is wrong
   * @param fact what is wrong with it, where the problem alone does not tell; null for nothing
   * @param why what Java said; null for nothing
   */
  public ChainRefusedException(
      TlsProblem problem,
      X509Certificate culprit,
      @Nullable String fact,
      @Nullable CertificateException why) {
    super(text(problem, culprit, fact), forTheAlert(problem, why));
    this.problem = problem;
    this.culprit = culprit;
    this.fact = fact;
  }

  private static String text(TlsProblem problem, X509Certificate culprit, @Nullable String fact) {
    String what =
        switch (problem) {
          case EXPIRED -> "certificate has expired";
          case NOT_YET_VALID -> "certificate is not yet valid";
          case OTHER_HOST -> "host name mismatch";
          case SELF_SIGNED -> "self-signed certificate";
          case UNKNOWN_ISSUER -> "unable to get issuer certificate";
          case WRONG_SIGNATURE -> "certificate signature failure";
          case PURPOSE -> "unsuitable certificate purpose";
          case NO_AUTHORITY -> "invalid CA certificate";
          case SIGNS_NO_CERTIFICATES -> "key usage does not include certificate signing";
          case EXTENSION -> "unhandled critical extension";
          case PATH_LENGTH -> "path length constraint exceeded";
          case NAME_CONSTRAINT -> "name constraint violation";
          case ALGORITHM -> "algorithm or key too weak";
          default -> "certificate not accepted";
        };
    return what
        + (fact == null ? "" : ": " + fact)
        + " ("
        + culprit.getSubjectX500Principal().getName()
        + ")";
  }

  /**
   * JSSE chooses the alert by the reason in the cause; where the host is another it says
   * bad_certificate (42), as OpenSSL does, only for a wrong signature. That of Java 17 says
   * certificate_unknown (46) for all.
   */
  private static CertPathValidatorException forTheAlert(
      TlsProblem problem, @Nullable CertificateException why) {
    BasicReason reason =
        switch (problem) {
          case EXPIRED -> BasicReason.EXPIRED;
          case NOT_YET_VALID -> BasicReason.NOT_YET_VALID;
          case ALGORITHM -> BasicReason.ALGORITHM_CONSTRAINED;
          case OTHER_HOST, WRONG_SIGNATURE -> BasicReason.INVALID_SIGNATURE;
          default -> BasicReason.UNSPECIFIED;
        };
    String message = why == null ? null : why.getMessage();
    return new CertPathValidatorException(message, why, null, -1, reason);
  }

  TlsProblem problem() {
    return problem;
  }

  X509Certificate culprit() {
    return culprit;
  }

  @Nullable String fact() {
    return fact;
  }
}
