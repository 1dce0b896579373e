package dev.midge.cli;

import dev.midge.client.LinkFailure;
import dev.midge.wire.TlsRefusal;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;

/** What became of a TLS handshake. Loaded when one has failed. */
final class TlsAccount {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int MOST_NAMES = 5;

  private TlsAccount() {}

  /**
   * Explains it.
   *
   * @param refusal null when it failed before the handshake
   */
  static Account of(String message, TlsRefusal refusal) {
    if (refusal == null) {
      return new Account(
          "TLS",
          message,
          message != null && message.contains("no trusted certificates")
              ? "--cafile FILE names the authority to trust."
              : null);
    }
    return switch (refusal.problem()) {
      case EXPIRED ->
          new Account(
              "TLS: the broker's certificate has expired",
              certificate(culprit(refusal.chain())),
              "the broker needs a new certificate. For a test --insecure verifies nothing.");
      case NOT_YET_VALID ->
          new Account(
              "TLS: the broker's certificate is not valid yet",
              certificate(culprit(refusal.chain())),
              "is this machine's clock right?");
      case OTHER_HOST ->
          new Account(
              "TLS: the broker's certificate is for another name",
              "Certificate "
                  + subject(refusal.chain().get(0))
                  + " is for "
                  + names(refusal.chain().get(0))
                  + ", not for "
                  + refusal.host(),
              "one of these names for -h, or a certificate with the name asked for. For a test --insecure.");
      case UNTRUSTED ->
          new Account(
              "TLS: the broker's certificate is not trusted",
              refusal.chain().isEmpty()
                  ? message
                  : certificate(refusal.chain().get(refusal.chain().size() - 1)),
              "--cafile FILE with the certificate of its issuer. For a test --insecure verifies nothing.");
      case ALERT ->
          new Account(
              "TLS: the broker refused",
              "It sent the TLS alert " + refusal.alert() + ".",
              advice(refusal.alert()));
      case NOT_TLS, HUNG_UP ->
          new Account(
              refusal.problem() == TlsRefusal.Problem.NOT_TLS
                  ? "TLS: the answer is not TLS"
                  : "TLS: the broker hung up in the handshake",
              message,
              "is that the broker's port for TLS ("
                  + BrokerOptions.TLS_PORT
                  + ", mostly)? A port without TLS wants --no-tls or -L mqtt://.");
      case VERSION ->
          new Account("TLS: the broker speaks no version that is allowed", message, versions());
      case OTHER -> new Account("TLS", message, null);
    };
  }

  /** The broker's alert that ended an established connection; null for none. */
  static String alert(LinkFailure failure) {
    return TlsRefusal.alert(failure.getCause());
  }

  /** What the broker's alert asks for. */
  static String advice(String alert) {
    return switch (alert) {
      case "certificate_required" -> "a certificate of your own: --cert FILE and --key FILE.";
      case "bad_certificate", "unknown_ca", "certificate_unknown", "unsupported_certificate" ->
          "a certificate that the broker trusts: --cert FILE and --key FILE.";
      case "certificate_expired", "certificate_revoked" ->
          "a new certificate for --cert FILE and --key FILE.";
      case "handshake_failure" ->
          "--cert FILE and --key FILE if the broker wants a certificate; other --ciphers; --tls-version.";
      case "protocol_version" -> versions();
      case "no_application_protocol" -> "another --tls-alpn, or none.";
      case "unrecognized_name" -> "the broker's own name for -h.";
      default -> "the broker's log may tell why.";
    };
  }

  private static String versions() {
    return "--tls-version tlsv1.2 allows 1.2 and 1.3; older versions are broken, the broker needs an update.";
  }

  /** The first that is out of its time; else the broker's own. */
  private static X509Certificate culprit(List<X509Certificate> chain) {
    Date now = new Date();
    for (X509Certificate certificate : chain) {
      if (now.after(certificate.getNotAfter()) || now.before(certificate.getNotBefore())) {
        return certificate;
      }
    }
    return chain.isEmpty() ? null : chain.get(0);
  }

  /** Whose it is, by whom, and when. */
  static String certificate(X509Certificate certificate) {
    if (certificate == null) {
      return null;
    }
    String subject = subject(certificate);
    String issuer = certificate.getIssuerX500Principal().getName();
    return "Certificate "
        + subject
        + (issuer.equals(subject) ? ", issued by itself" : ", issued by " + issuer)
        + ", valid from "
        + time(certificate.getNotBefore())
        + " to "
        + time(certificate.getNotAfter());
  }

  private static String subject(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  private static String time(Date date) {
    return Instant.ofEpochMilli(date.getTime()).atOffset(ZoneOffset.UTC).toLocalDateTime() + "Z";
  }

  /** The names it is good for. */
  static String names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      for (List<?> name : all == null ? List.<List<?>>of() : all) {
        if (name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS)) {
          names.add(String.valueOf(name.get(1)));
        }
      }
    } catch (CertificateParsingException e) {
      return "names that cannot be read";
    }
    if (names.isEmpty()) {
      return "no name at all (the subject does not count)";
    }
    int more = names.size() - MOST_NAMES;
    return more > 0
        ? String.join(", ", names.subList(0, MOST_NAMES)) + " and " + more + " more"
        : String.join(", ", names);
  }
}
