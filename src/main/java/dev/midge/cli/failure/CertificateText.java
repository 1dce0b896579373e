package dev.midge.cli.failure;

import dev.midge.net.tls.BrokerNames;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** Describes certificates, their names with their types as openssl writes them. */
final class CertificateText {
  private static final int MOST_NAMES = 5;

  private CertificateText() {}

  /** Returns subject, issuer and dates of a certificate. */
  static String of(X509Certificate certificate) {
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

  static String subject(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName();
    return subject.isEmpty() ? "without a subject" : subject;
  }

  static String time(Date date) {
    return Instant.ofEpochSecond(date.getTime() / 1000).atOffset(ZoneOffset.UTC).toLocalDateTime()
        + "Z";
  }

  /** Returns the names that a certificate is good for. */
  static String names(X509Certificate certificate) {
    BrokerNames names;
    try {
      names = BrokerNames.of(certificate);
    } catch (CertificateParsingException e) {
      return "names that cannot be read";
    }
    List<String> words = new ArrayList<>();
    names.dns().forEach(name -> words.add("DNS:" + name));
    names.addresses().forEach(address -> words.add(address(address)));
    names.common().forEach(name -> words.add("CN=" + name));
    if (words.isEmpty()) {
      return "no name at all";
    }
    int more = words.size() - MOST_NAMES;
    return more > 0
        ? String.join(", ", words.subList(0, MOST_NAMES)) + " and " + more + " more"
        : String.join(", ", words);
  }

  /** Returns a host in the form of the names. */
  static String host(String host) {
    InetAddress address = BrokerNames.literal(host);
    return address == null ? "DNS:" + host : address(address);
  }

  private static String address(InetAddress address) {
    return "IP:" + ConnectAttempt.text(address);
  }
}
