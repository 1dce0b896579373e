package dev.midge.cli.failure;

import dev.midge.net.TlsRefusal;
import dev.midge.net.tls.BrokerNames;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Objects;

/**
 * The message about a broker's certificates that were refused. Advice is given where it can help.
 */
final class ChainFailureMessage {
  private static final String INSECURE = " For a test --insecure verifies nothing.";

  private final TlsRefusal refusal;
  private final X509Certificate culprit;

  /**
   * Makes one.
   *
   * @param refusal one with a culprit
   */
  ChainFailureMessage(TlsRefusal refusal) {
    this.refusal = refusal;
    this.culprit = Objects.requireNonNull(refusal.culprit());
  }

  FailureMessage message() {
    return switch (refusal.problem()) {
      case EXPIRED ->
          new FailureMessage(
              "TLS: " + whose() + " has expired",
              CertificateText.of(culprit),
              isBrokers()
                  ? "the broker needs a new certificate." + INSECURE
                  : "a newer certificate of that authority for --cafile and for the broker."
                      + INSECURE);
      case NOT_YET_VALID ->
          new FailureMessage(
              "TLS: " + whose() + " is not valid yet",
              CertificateText.of(culprit),
              "is this machine's clock right? It says " + CertificateText.time(new Date()) + ".");
      case OTHER_HOST -> otherHost();
      case SELF_SIGNED ->
          new FailureMessage(
              "TLS: the broker's certificate is signed by itself, and not trusted",
              withFact(),
              "--cafile FILE with that very certificate, if it is the broker's own." + INSECURE);
      case UNKNOWN_ISSUER ->
          new FailureMessage(
              "TLS: the broker's certificate is not trusted",
              withFact(),
              "--cafile FILE with the certificate of its issuer." + INSECURE);
      case WRONG_SIGNATURE ->
          new FailureMessage(
              "TLS: the signature of " + whose() + " is not that of its issuer",
              withFact(),
              refusal.fact() == null
                  ? null
                  : "--cafile FILE with the certificate that this issuer has now." + INSECURE);
      case PURPOSE ->
          new FailureMessage(
              "TLS: the broker's certificate is not one for servers",
              withFact(),
              "the broker needs a certificate for TLS servers." + INSECURE);
      case NO_AUTHORITY ->
          new FailureMessage(
              "TLS: an issuer of the broker's certificate is no authority",
              CertificateText.of(culprit) + ": its basicConstraints lack CA:TRUE",
              "the broker needs a certificate of an authority." + INSECURE);
      case SIGNS_NO_CERTIFICATES ->
          new FailureMessage(
              "TLS: an issuer of the broker's certificate may not sign certificates",
              CertificateText.of(culprit) + ": its keyUsage lacks keyCertSign",
              "the broker needs a certificate of an authority that may." + INSECURE);
      case EXTENSION ->
          new FailureMessage(
              "TLS: " + whose() + " has a critical extension that midge does not know",
              withFact(),
              "the broker needs a certificate without it." + INSECURE);
      case PATH_LENGTH ->
          new FailureMessage(
              "TLS: too many authorities stand between the broker and the one that is trusted",
              withFact(),
              "the broker needs a certificate of an authority that may issue it." + INSECURE);
      case NAME_CONSTRAINT ->
          new FailureMessage(
              "TLS: an authority may not issue certificates for these names",
              CertificateText.of(culprit)
                  + ", for "
                  + CertificateText.names(culprit)
                  + ": the nameConstraints of an issuer forbid that",
              "the broker needs a certificate of another authority." + INSECURE);
      case ALGORITHM ->
          new FailureMessage(
              "TLS: " + whose() + " has a signature or a key that is too weak",
              withFact(),
              "the broker needs a certificate with stronger ones." + INSECURE);
      default -> new FailureMessage("TLS: " + whose() + " is not accepted", withFact(), null);
    };
  }

  private boolean isBrokers() {
    return !refusal.chain().isEmpty() && culprit.equals(refusal.chain().get(0));
  }

  private String whose() {
    return isBrokers() ? "the broker's certificate" : "an issuer's certificate";
  }

  private String withFact() {
    return CertificateText.of(culprit) + (refusal.fact() == null ? "" : ": " + refusal.fact());
  }

  private FailureMessage otherHost() {
    String host = Objects.requireNonNull(refusal.host()); // It was checked.
    return new FailureMessage(
        "TLS: the broker's certificate is for another name",
        "Certificate "
            + CertificateText.subject(culprit)
            + " is for "
            + CertificateText.names(culprit)
            + ", not for "
            + CertificateText.host(host)
            + (isOnlyCommonName(host) ? " (a CN counts only where there is no DNS name)" : ""),
        (isForAnyHost() ? "one of these names for -h, or " : "")
            + "a certificate with the name asked for. For a test --insecure.");
  }

  private boolean isForAnyHost() {
    try {
      return BrokerNames.of(culprit).areForAnyHost();
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private boolean isOnlyCommonName(String host) {
    try {
      return BrokerNames.of(culprit).isOnlyCommonNameFor(host);
    } catch (CertificateParsingException e) {
      return false;
    }
  }
}
